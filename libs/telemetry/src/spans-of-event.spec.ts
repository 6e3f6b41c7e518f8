import { expect, it } from '@jest/globals';
import { jobEventSchema } from '@waybill/contracts';
import { spansOfEvent } from './spans-of-event.js';

const endMs = Date.parse('2026-01-02T03:04:05.000Z');
const base = { version: 1, tenant: 'acme', jobId: 'job-1', at: new Date(endMs).toISOString() };

it('lays the steps of a page one after the other before its event, without the wait for a worker', () => {
  const event = jobEventSchema.parse({
    ...{ ...base, type: 'page-read', document: 0, page: 3, attempts: 1 },
    times: { queued: 5_000, fetch: 10, recognise: 900, store: 40 },
    layout: { bucket: 'b', key: 'k', sha256: 'a'.repeat(64), sizeBytes: 1 },
    summary: {
      ...{ width: 10, height: 10, unit: 'px', dpi: null, rotation: 0, source: 'ocr', engine: 'e', words: 0 },
      confidence: null,
    },
  });
  const [page] = spansOfEvent(event);
  expect(page).toMatchObject({ name: 'read page', startMs: endMs - 950, endMs });
  expect(page?.attributes).toMatchObject({ 'waybill.page': 3, 'waybill.queued_ms': 5_000 });
  expect(page?.children.map(({ name, startMs, endMs: end }) => [name, startMs - endMs, end - endMs])).toEqual([
    ['fetch', -950, -940],
    ['recognise', -940, -40],
    ['store', -40, 0],
  ]);
});

it('says why a page or a job failed', () => {
  const failure = { code: 'timeout', message: 'The page took too long.' };
  const failed = jobEventSchema.parse({
    ...{ ...base, type: 'page-failed', document: 0, page: 2, attempts: 3, failure },
  });
  expect(spansOfEvent(failed)).toMatchObject([
    { name: 'read page', failure: failure.message, attributes: { 'error.type': 'timeout' } },
  ]);
  const finished = { ...base, type: 'job-finished', problems: [failure], costUsd: 0, times: { queued: 1, answer: 20 } };
  expect(spansOfEvent(jobEventSchema.parse({ ...finished, status: 'failed' }))).toMatchObject([
    { name: 'answer job', failure: failure.message, startMs: endMs - 20 },
  ]);
  const [partial] = spansOfEvent(jobEventSchema.parse({ ...finished, status: 'partial' }));
  expect(partial).not.toHaveProperty('failure');
});

it('makes a call of a model with its pictures from the attempt that was made', () => {
  const tokens = {
    ...{ inputTokens: 812, outputTokens: 40, cachedInputTokens: 12, cacheWrittenInputTokens: 0 },
    ...{ imageTokens: 770, reasoningTokens: 7 },
  };
  const attempt = {
    ...{ at: new Date(endMs - 900).toISOString(), model: 'x/small', provider: 'x', answeredBy: 'small-2026-01-01' },
    ...{ tier: 1, form: 'page-low', asked: ['/total'], next: [], exclusions: [], doubtful: [], coercions: [] },
    estimate: {
      inputTokens: { least: 1, expected: 800, most: 900 },
      cost: { leastUsd: 0, expectedUsd: 0.001, mostUsd: 0.002 },
      ...{ quality: 0.9, latencyMs: 100 },
    },
    images: [{ page: 2, estimatedTokens: 765, billedTokens: 770, bytes: 10, width: 768, height: 1_024, detail: 'low' }],
    ...{ expectedCostUsd: 0.001, usage: tokens, costUsd: 0.0021, durationMs: 800, catalogVersion: 'v1' },
  };
  const made = { ...base, type: 'attempt-made', document: 0, attemptId: 'a'.repeat(16) };
  const [call] = spansOfEvent(jobEventSchema.parse({ ...made, attempt: { ...attempt, outcome: 'answered' } }));
  expect(call).toMatchObject({ name: 'chat x/small', kind: 'client', startMs: endMs - 900, endMs: endMs - 100 });
  expect(call?.attributes).toMatchObject({
    ...{ 'gen_ai.provider.name': 'x', 'gen_ai.request.model': 'x/small', 'gen_ai.response.model': 'small-2026-01-01' },
    ...{ 'gen_ai.usage.input_tokens': 812, 'gen_ai.usage.reasoning.output_tokens': 7, 'waybill.cost.usd': 0.0021 },
  });
  expect(call?.children).toMatchObject([
    {
      name: 'image',
      attributes: { 'waybill.page': 2, 'waybill.image.tokens_billed': 770, 'waybill.image.width': 768 },
    },
  ]);
  const reason = 'The model is overloaded.';
  const refused = { ...attempt, usage: undefined, outcome: 'overloaded', reason };
  expect(spansOfEvent(jobEventSchema.parse({ ...made, attempt: refused }))).toMatchObject([
    { failure: reason, attributes: { 'error.type': 'overloaded' } },
  ]);
});
