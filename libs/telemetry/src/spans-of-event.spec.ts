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
