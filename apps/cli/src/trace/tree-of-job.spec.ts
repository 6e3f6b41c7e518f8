import { expect, it } from '@jest/globals';
import { jobEventViewSchema, routeViewSchema, usageViewSchema } from '@waybill/contracts';
import { drawTree } from './draw-tree.js';
import { treeOfJob } from './tree-of-job.js';

const at = (ms: number): string => new Date(Date.parse('2026-01-02T03:04:05.000Z') + ms).toISOString();
const summary = {
  ...{ width: 10, height: 10, unit: 'px', dpi: null, rotation: 0, source: 'ocr', engine: 'tesseract 5', words: 3 },
  ...{ confidence: 0.93, cached: true },
};
const events = [
  { type: 'job-accepted', at: at(0), door: 'rest', task: 'extract', documents: 1, deadline: at(60_000) },
  {
    ...{ type: 'job-planned', at: at(40) },
    documents: [{ document: 0, mediaType: 'application/pdf', sizeBytes: 10, pages: 2 }],
  },
  {
    ...{ type: 'page-read', at: at(1_500), document: 0, page: 1, attempts: 2, summary },
    times: { queued: 20, recognise: 1_400 },
  },
  {
    ...{ type: 'page-failed', at: at(1_600), document: 0, page: 2, attempts: 3 },
    failure: { code: 'timeout', message: 'The page took too long.' },
  },
  { type: 'job-waiting', at: at(1_700), stage: 'reasoning-fast', reason: 'The model rests.', until: at(11_700) },
  {
    ...{ type: 'job-finished', at: at(13_000), status: 'partial', costUsd: 0.0021, times: { queued: 10, answer: 900 } },
    problems: [{ code: 'timeout', message: 'The page took too long.' }],
  },
].map((event) => jobEventViewSchema.parse(event));

const tokens = {
  ...{ inputTokens: 812, outputTokens: 40, cachedInputTokens: 0, cacheWrittenInputTokens: 0 },
  ...{ imageTokens: 770, reasoningTokens: 0 },
};
const route = routeViewSchema.parse({
  id: 'job-1',
  status: 'completed',
  documents: [
    {
      document: 0,
      attempts: [
        {
          ...{ at: at(11_800), model: 'x/small', provider: 'x', tier: 1, form: 'page-low', asked: ['/total'] },
          estimate: {
            inputTokens: { least: 1, expected: 2, most: 3 },
            cost: { leastUsd: 0, expectedUsd: 0.001, mostUsd: 0.002 },
            ...{ quality: 0.9, latencyMs: 100 },
          },
          images: [
            {
              page: 1,
              estimatedTokens: 765,
              billedTokens: 770,
              bytes: 10,
              width: 768,
              height: 1_024,
              sentBy: 'signed-url',
            },
          ],
          ...{ next: [], exclusions: [], expectedCostUsd: 0.001, outcome: 'answered', doubtful: ['/total'] },
          ...{ coercions: [], usage: tokens, costUsd: 0.0021, durationMs: 800, catalogVersion: 'v1' },
        },
      ],
    },
  ],
});
const sums = {
  ...{ calls: 1, costUsd: 0.0021, inputTokens: 812, cachedInputTokens: 0, imageTokens: 770, outputTokens: 40 },
  ...{ simulatedCostUsd: 0, reasoningTokens: 0, estimatedInputTokens: 800, images: 1, pages: 1 },
};
const none = { calls: 0, mostUsd: 0 };

it('draws a job’s life with its moments, its pages, its calls and its money', () => {
  const usage = usageViewSchema.parse({
    ...{ from: at(0), to: at(1), by: ['model', 'purpose'], isCut: false, totals: sums },
    rows: [{ ...sums, group: { model: 'x/small', purpose: 'answer' } }],
    ...{ reserved: none, unconfirmed: none },
  });
  expect(drawTree(treeOfJob({ id: 'job-1', events, route, usage })).split('\n')).toEqual([
    'job job-1 · partial · 13.0 s · $0.0021',
    '├─ +0 ms accepted through rest: extract, 1 document',
    '├─ +40 ms planned: 1 document, 2 pages',
    '├─ +1.5 s read document 1, page 1: ocr by tesseract 5, 93 % sure, from the cache, attempt 2',
    '│  ├─ queued 20 ms',
    '│  └─ recognise 1.4 s',
    '├─ +1.6 s could not read document 1, page 2: The page took too long.',
    '├─ +1.7 s waits in reasoning-fast until +11.7 s: The model rests.',
    '├─ +13.0 s partial',
    '│  ├─ queued 10 ms',
    '│  ├─ answer 900 ms',
    '│  ├─ +11.8 s document 1: x/small with page-low: answered, 800 ms, 812 tokens in, 40 out, $0.0021, 1 in doubt',
    '│  │  └─ picture of page 1, 768 × 1024: 765 tokens estimated, 770 billed, by signed address',
    '│  └─ The page took too long.',
    '└─ ledger: $0.0021',
    '   └─ x/small for answer: 1 call, $0.0021',
  ]);
});
