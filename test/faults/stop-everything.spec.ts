import { describe, expect, it } from '@jest/globals';
import { jobServiceNames } from '@waybill/contracts';
import { beginFaultRun, proveNothingLost, type FaultRun } from './support/fault-run.js';
import { seededRandom } from './support/workload.js';

const jobs = 120;

const servers = ({ stack }: FaultRun): Promise<unknown> =>
  Promise.all([stack.nats.restart(), stack.postgres?.restart()]);

async function services({ stack }: FaultRun): Promise<void> {
  const endings = await Promise.all(jobServiceNames.map((name) => stack.service(name).stop()));
  expect(endings).toEqual(jobServiceNames.map(() => 0));
}

const startServices = ({ stack }: FaultRun): Promise<unknown> =>
  Promise.all(jobServiceNames.map((name) => stack.startAgain(name)));

/** Invariant: whatever is told to stop under load, in whatever order, ends in good order and loses nothing. */
describe('SIGTERM under load', () => {
  it('of all services, then of the servers while services run, then of everything', async () => {
    const random = seededRandom(1_101);
    const run = await beginFaultRun(1_101, { postgres: 'own', env: { WAYBILL_DRAIN_MS: '60000' } }, jobs);
    const reached = (share: number) => run.ledger.ended(Math.floor((share + 0.1 * random()) * jobs));
    try {
      await reached(0.1);
      await services(run);
      await startServices(run);
      await reached(0.4);
      await servers(run);
      await reached(0.7);
      await services(run);
      await servers(run);
      await startServices(run);
      const { statuses, deadLetters } = await proveNothingLost(run);
      expect(statuses).toMatchObject({ completed: jobs });
      expect(deadLetters).toEqual([]);
    } finally {
      await run.close();
    }
  }, 600_000);
});
