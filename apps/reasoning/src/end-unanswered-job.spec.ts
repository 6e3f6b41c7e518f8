import { describe, expect, it } from '@jest/globals';
import { deadLetterSchema, type JobEvent, type UsageView } from '@waybill/contracts';
import type { UsageBook } from '@waybill/llm-routing';
import { MemoryRecords } from '../../../test/support/memory-records.js';
import { EndUnansweredJob } from './end-unanswered-job.js';

const letterOf = (jobId?: string) =>
  deadLetterSchema.parse({
    ...{ version: 1, tenant: 'acme', jobId, stage: 'reasoning-free', attempts: 5, at: '2026-01-01T00:00:00.000Z' },
    failure: { code: 'worker-died', message: 'Each of the 5 workers that tried died.' },
    original: {
      ...{ stream: 'WAYBILL_REASONING', sequence: 7, subject: 'waybill.acme.reasoning.free.answer-job' },
      ...{ publishedAt: '2026-01-01T00:00:00.000Z', headers: {}, payload: '' },
    },
  });

/** A ledger in which this was booked. */
const booked = (costs: Readonly<Record<string, number>>): UsageBook => ({
  usage: async () =>
    ({
      rows: Object.entries(costs).map(([purpose, costUsd]) => ({ group: { purpose }, costUsd })),
    }) as unknown as UsageView,
});

describe('EndUnansweredJob', () => {
  it('ends the job as failed, with the reason of the letter, once', async () => {
    const { events, clock } = new MemoryRecords();
    const end = new EndUnansweredJob(events, booked({}), clock);
    expect(await end.run(letterOf('job_1'))).toEqual({ kind: 'completed' });
    expect(await end.run(letterOf('job_1'))).toEqual({ kind: 'completed' });
    expect(events.all).toMatchObject([
      { type: 'job-finished', status: 'failed', problems: [{ code: 'worker-died', stage: 'reasoning-free' }] },
    ]);
  });

  it('counts what reading the pages and the calls that were paid had cost', async () => {
    const { events, clock } = new MemoryRecords();
    for (const page of [1, 2, 3]) {
      await events.append({ type: 'page-read', document: 0, page, use: { costUsd: 0.1 } } as JobEvent);
    }
    await events.append({ type: 'page-failed', document: 0, page: 4 } as JobEvent);
    await new EndUnansweredJob(events, booked({ read: 0.3, answer: 0.02 }), clock).run(letterOf('job_1'));
    expect(events.all.at(-1)).toMatchObject({ type: 'job-finished', costUsd: 0.32 });
  });

  it('completes a letter that names no job', async () => {
    const { events, clock } = new MemoryRecords();
    expect(await new EndUnansweredJob(events, booked({}), clock).run(letterOf())).toEqual({ kind: 'completed' });
    expect(events.all).toEqual([]);
  });
});
