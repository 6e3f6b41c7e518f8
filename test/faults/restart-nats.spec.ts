import { describe, expect, it } from '@jest/globals';
import { beginFaultRun, jobCount, proveNothingLost } from './support/fault-run.js';
import { seededRandom } from './support/workload.js';

/** Invariant: what the broker has acknowledged survives its restart, and every service finds its way back. */
describe('restart of nats-server', () => {
  it.each([
    ['stopped in order', 201],
    ['killed', 202],
  ])(
    '%s, while 500 jobs run',
    async (how, seed) => {
      const random = seededRandom(seed);
      const run = await beginFaultRun(seed);
      try {
        await run.ledger.ended(Math.floor((0.2 + 0.4 * random()) * jobCount));
        if (how === 'killed') await run.stack.nats.kill();
        await run.stack.nats.restart();
        const { statuses } = await proveNothingLost(run);
        expect(statuses).toMatchObject({ completed: jobCount });
      } finally {
        await run.close();
      }
    },
    600_000,
  );
});
