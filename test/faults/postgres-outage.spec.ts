import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { beginFaultRun, jobCount, proveNothingLost } from './support/fault-run.js';

const outageMs = 20_000;

/** Invariant: without Postgres, jobs are accepted and finished all the same, and their rows follow when it is back. */
describe('an outage of Postgres', () => {
  it('of 20 s while 500 jobs run', async () => {
    const run = await beginFaultRun(301, { postgres: 'own' });
    try {
      await run.ledger.ended(50);
      await run.stack.postgres?.kill();
      const outage = pause(outageMs);
      await run.submitted;
      await run.ledger.ended(jobCount);
      const answer = await fetch(`${run.stack.url}/v1/jobs/${run.jobIds.at(-1)}`, {
        headers: { 'waybill-tenant': 'faults' },
      });
      expect(await answer.json()).toMatchObject({ status: 'completed' });
      await outage;
      await run.stack.postgres?.restart();
      const { statuses } = await proveNothingLost(run);
      expect(statuses).toMatchObject({ completed: jobCount });
    } finally {
      await run.close();
    }
  }, 600_000);
});
