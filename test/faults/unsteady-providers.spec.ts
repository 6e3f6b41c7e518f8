import { describe, expect, it } from '@jest/globals';
import type { JobView } from '@waybill/contracts';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { startStack } from '../support/index.js';
import { LedgerOfEnds } from './support/ledger-of-ends.js';
import { askModel, endLeases, recordedCalls } from './support/model-jobs.js';

const jobs = 40;
const refusals = 20;

/** Good and bad by turns: down, slow, answers that are no JSON, down again, then as it should be. */
function makeUnsteady(simulator: ModelSimulator): void {
  simulator.script(
    { behaviour: { kind: 'refuse', as: 'overloaded', retryAfterS: 1 }, times: refusals / 2 },
    { behaviour: { kind: 'slow', ms: 700 }, times: 8 },
    { behaviour: { kind: 'malformed-text' }, times: 8 },
    { behaviour: { kind: 'refuse', as: 'rate-limited', retryAfterS: 1 }, times: refusals / 2 },
  );
}

/** Invariant: however a provider behaves, each call that it answers is in the ledger, and each job ends once. */
describe('providers that are slow, lie and flap', () => {
  it('are paid for what they answer and nothing else, while their worker is killed', async () => {
    const simulator = await startModelSimulator();
    const env = { WAYBILL_MODEL_SIMULATOR_URL: simulator.url, WAYBILL_ACK_WAIT_MS: '2000', WAYBILL_OCR_ENGINE: 'none' };
    const stack = await startStack({ env });
    const ledger = await LedgerOfEnds.open(stack.nats.url);
    try {
      makeUnsteady(simulator);
      const ids = Array.from({ length: jobs }, (_, index) => `unsteady-${index}`);
      await Promise.all(ids.map((id) => askModel(stack.url, 'faults', id)));
      await ledger.ended(jobs / 4);
      await stack.service('reasoning').kill();
      await endLeases(stack);
      await stack.startAgain('reasoning');
      await ledger.ended(jobs);

      const { finals } = await ledger.read();
      expect([...finals.values()].filter((statuses) => statuses.length !== 1)).toEqual([]);
      expect(finals.size).toBe(jobs);
      const last = await fetch(`${stack.url}/v1/jobs/${ids[0]}`, { headers: { 'waybill-tenant': 'faults' } });
      expect(['completed', 'partial', 'failed']).toContain(((await last.json()) as JobView).status);
      const { billed, open } = await recordedCalls(stack, 'unsteady-%');
      const answered = simulator.requests.length - refusals;
      // A reservation that is open may be of a call that never left.
      expect(billed).toBeLessThanOrEqual(answered);
      expect(billed + open).toBeGreaterThanOrEqual(answered);
    } finally {
      await ledger.close();
      await stack.stop();
      await simulator.close();
    }
  }, 600_000);
});
