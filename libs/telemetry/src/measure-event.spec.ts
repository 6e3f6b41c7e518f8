import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { jobEventSchema, type JobEvent } from '@waybill/contracts';
import { measureEvent } from './measure-event.js';
import { metricList } from './metric-list.js';

const at = '2026-01-02T03:04:05.000Z';
const base = { version: 1, tenant: 'acme', jobId: 'job-1', at };
const attempt = {
  ...{ at, model: 'x/small', provider: 'x', tier: 1, form: 'page-low', asked: ['/total'], next: [], exclusions: [] },
  estimate: {
    inputTokens: { least: 1, expected: 2, most: 3 },
    cost: { leastUsd: 0, expectedUsd: 0.1, mostUsd: 0.2 },
    ...{ quality: 0.9, latencyMs: 100 },
  },
  images: [{ page: 1, estimatedTokens: 85, billedTokens: 90, bytes: 10, width: 2, height: 3 }],
  ...{ expectedCostUsd: 0.1, outcome: 'answered', doubtful: [], coercions: [], costUsd: 0.1, durationMs: 50 },
  catalogVersion: 'v1',
};
const finished = jobEventSchema.parse({
  ...{ ...base, type: 'job-finished', status: 'partial', problems: [], costUsd: 0.3 },
  times: { queued: 40, load: 10, answer: 2_000 },
  result: {
    ...{ version: 1, task: 'extract' },
    documents: [
      {
        ...{ document: 0, mediaType: 'application/pdf', kind: 'invoice', pages: 1, pagesRead: 1, problems: [] },
        readingConfidence: 0.9,
        models: [
          { model: 'x/small', tier: 1, costUsd: 0.1, durationMs: 50, purpose: 'answer' },
          { model: 'free', tier: 0, costUsd: 0, durationMs: 5 },
        ],
      },
    ],
    routes: [{ document: 0, attempts: [attempt, { ...attempt, model: 'x/large', images: undefined }] }],
  },
});
const page = jobEventSchema.parse({
  ...{ ...base, type: 'page-read', document: 0, page: 1, attempts: 1, times: { queued: 20, recognise: 1_500 } },
  layout: { bucket: 'b', key: 'k', sha256: 'a'.repeat(64), sizeBytes: 1 },
  summary: {
    ...{ width: 10, height: 10, unit: 'px', dpi: null, rotation: 0, source: 'ocr', engine: 'e', words: 3 },
    ...{ confidence: 0.93, cached: true },
  },
});
const failed = { ...base, type: 'page-failed', document: 0, page: 2, attempts: 3 };
const others = [
  jobEventSchema.parse({ ...failed, failure: { code: 'timeout', message: 'Too slow.' } }),
  jobEventSchema.parse({ ...base, type: 'job-waiting', stage: 'reasoning-free', reason: 'Later.', until: at }),
  jobEventSchema.parse({ ...base, type: 'job-cancel-requested' }),
];

const told = (event: JobEvent): string[] =>
  measureEvent(event).map(({ metric, labels, value }) => `${metric} ${Object.values(labels).join('/')} ${value}`);

describe('what an event counts for', () => {
  it('tells choices, money and pictures of a finished job', () => {
    expect(told(finished)).toEqual([
      'waybill_jobs_finished_total partial 1',
      'waybill_stage_seconds answer/queued 0.04',
      'waybill_stage_seconds answer/load 0.01',
      'waybill_stage_seconds answer/answer 2',
      'waybill_cost_usd_total x/small/answer 0.1',
      'waybill_route_choices_total x/small/x/1/page-low/first/answered 1',
      'waybill_images_sent_total x/small 1',
      'waybill_image_tokens_total x/small/estimated 85',
      'waybill_image_tokens_total x/small/billed 90',
      'waybill_route_choices_total x/large/x/1/page-low/again/answered 1',
    ]);
  });

  it('tells a page with its confidence, its cache hit and its steps', () => {
    expect(told(page)).toEqual([
      'waybill_pages_read_total ocr/true 1',
      'waybill_page_confidence ocr 0.93',
      'waybill_stage_seconds read/queued 0.02',
      'waybill_stage_seconds read/recognise 1.5',
    ]);
    expect(others.flatMap(told)).toEqual([
      'waybill_pages_failed_total timeout 1',
      'waybill_job_waits_total reasoning-free 1',
    ]);
  });

  it('uses exactly the labels of the list', () => {
    for (const { metric, labels } of [finished, page, ...others].flatMap(measureEvent)) {
      expect(Object.keys(labels).sort()).toEqual([...metricList[metric].labels].sort());
    }
  });
});

describe('docs/telemetry.md', () => {
  const rows = readFileSync(join(import.meta.dirname, '../../../docs/telemetry.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `waybill_'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('has every metric, with its type and labels', () => {
    const written = rows.map(([, name, type, labels]) => `${name} ${type} ${labels}`);
    const known = Object.entries(metricList).map(
      ([name, { type, labels }]) => `\`${name}\` ${type} ${labels.map((label) => `\`${label}\``).join(', ')}`,
    );
    expect(written.sort()).toEqual(known.sort());
  });
});
