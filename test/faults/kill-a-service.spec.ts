import { describe, expect, it } from '@jest/globals';
import { jobServiceNames } from '@waybill/contracts';
import { beginFaultRun, jobCount, proveNothingLost } from './support/fault-run.js';
import { seededRandom } from './support/workload.js';

/** Invariant: a service that dies at any moment, however often, loses no job and ends none twice. */
describe('kill -9', () => {
  it.each(jobServiceNames.map((name, index) => [name, 100 + index] as const))(
    'of %s while 500 jobs run',
    async (name, seed) => {
      const random = seededRandom(seed);
      const run = await beginFaultRun(seed);
      try {
        for (const share of [0.1, 0.4, 0.7]) {
          await run.ledger.ended(Math.floor((share + 0.2 * random()) * jobCount));
          await run.stack.service(name).kill();
          await run.stack.startAgain(name);
        }
        const { statuses } = await proveNothingLost(run);
        expect(statuses).toMatchObject({ completed: jobCount });
      } finally {
        await run.close();
      }
    },
    600_000,
  );
});
