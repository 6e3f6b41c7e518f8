import { describe, expect, it } from '@jest/globals';
import { deadLetterSchema, type JobEvent } from '@waybill/contracts';
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

describe('EndUnansweredJob', () => {
  it('ends the job as failed, with the reason of the letter, once', async () => {
    const { events, clock } = new MemoryRecords();
    const end = new EndUnansweredJob(events, clock);
    expect(await end.run(letterOf('job_1'))).toEqual({ kind: 'completed' });
    expect(await end.run(letterOf('job_1'))).toEqual({ kind: 'completed' });
    expect(events.all).toMatchObject([
      { type: 'job-finished', status: 'failed', problems: [{ code: 'worker-died', stage: 'reasoning-free' }] },
    ]);
  });

  it('counts what reading the pages had cost', async () => {
    const { events, clock } = new MemoryRecords();
    for (const page of [1, 2, 3]) {
      await events.append({ type: 'page-read', document: 0, page, use: { costUsd: 0.1 } } as JobEvent);
    }
    await events.append({ type: 'page-failed', document: 0, page: 4 } as JobEvent);
    await new EndUnansweredJob(events, clock).run(letterOf('job_1'));
    expect(events.all.at(-1)).toMatchObject({ type: 'job-finished', costUsd: 0.3 });
  });

  it('completes a letter that names no job', async () => {
    const { events, clock } = new MemoryRecords();
    expect(await new EndUnansweredJob(events, clock).run(letterOf())).toEqual({ kind: 'completed' });
    expect(events.all).toEqual([]);
  });
});
