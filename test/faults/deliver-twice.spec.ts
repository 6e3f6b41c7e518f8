import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { consumers, jobServiceNames } from '@waybill/contracts';
import { beginFaultRun, deliveriesOf, jobCount, proveNothingLost } from './support/fault-run.js';

const preload = [join(import.meta.dirname, 'support', 'lose-first-ack.mjs')];

const pageLanes = Object.values(consumers).filter(({ stream }) => stream === 'pages');

/** Invariant: a message that is delivered again after its work was done changes nothing. */
describe('every message delivered twice', () => {
  it('for 500 jobs', async () => {
    const services = Object.fromEntries(jobServiceNames.map((name) => [name, { preload }]));
    const run = await beginFaultRun(401, { services });
    try {
      const { statuses, deadLetters } = await proveNothingLost(run);
      expect(statuses).toMatchObject({ completed: jobCount });
      expect(deadLetters).toEqual([]);
      for (const kind of [[consumers.submit], pageLanes, [consumers.answerJob], [consumers.recordEvents]] as const) {
        const { deliveries, messages } = await deliveriesOf(run, kind);
        expect(deliveries).toBeGreaterThanOrEqual(2 * messages);
      }
    } finally {
      await run.close();
    }
  }, 600_000);
});
