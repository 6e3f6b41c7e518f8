import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { jobServiceNames } from '@waybill/contracts';
import { beginFaultRun, proveNothingLost } from './support/fault-run.js';
import { seededRandom } from './support/workload.js';

const jobs = 80;
const preload = [join(import.meta.dirname, 'support', 'moved-clock.mjs')];
/** Less than the deadline that a job has, which ends it by any clock. */
const env = { WAYBILL_FAULT_CLOCK_MS: String(3 * 3_600_000) };

/** Invariant: whoever's clock jumps, forward or back, no job is lost, none ends twice, and none runs out of time. */
describe('clocks that jump', () => {
  it('by hours in every service, one after the other, while jobs run', async () => {
    const random = seededRandom(1_001);
    const services = Object.fromEntries(jobServiceNames.map((name) => [name, { preload, env }]));
    const run = await beginFaultRun(1_001, { services }, jobs);
    try {
      for (const share of [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) {
        await run.ledger.ended(Math.floor(share * jobs));
        const name = jobServiceNames[Math.floor(random() * jobServiceNames.length)]!;
        process.kill(run.stack.service(name).pid, 'SIGUSR2');
      }
      const { statuses, deadLetters } = await proveNothingLost(run);
      expect(statuses).toMatchObject({ completed: jobs });
      expect(deadLetters).toEqual([]);
    } finally {
      await run.close();
    }
  }, 600_000);
});
