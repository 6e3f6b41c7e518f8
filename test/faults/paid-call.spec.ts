import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { startStack, whenEnded, type TestStack } from '../support/index.js';
import { askModel, endLeases, recordedCalls } from './support/model-jobs.js';

const preload = [join(import.meta.dirname, 'support', 'die-between-steps.mjs')];

let simulator: ModelSimulator;
let stack: TestStack;
let env: Record<string, string>;

beforeAll(async () => {
  simulator = await startModelSimulator();
  env = { WAYBILL_MODEL_SIMULATOR_URL: simulator.url, WAYBILL_ACK_WAIT_MS: '2000', WAYBILL_OCR_ENGINE: 'none' };
  stack = await startStack({ env });
}, 600_000);
afterAll(async () => {
  await stack?.stop();
  await simulator?.close();
});

/** Invariant: wherever its worker dies, a call that was answered is billed or reported as unconfirmed, and counted once. */
describe('a worker that dies while it pays for an answer', () => {
  it.each([
    // Step behind which it dies; calls that the provider answers; calls that are billed; calls that stay unconfirmed.
    ['reserved', 1, 1, 1],
    ['answered', 2, 1, 1],
    ['kept', 1, 1, 0],
    ['settled', 1, 1, 0],
  ])(
    'behind "%s"',
    async (step, answered, billed, unconfirmed) => {
      simulator.reset();
      await stack.service('reasoning').stop();
      const dying = await stack.startAgain('reasoning', { preload, env: { WAYBILL_FAULT_STEP: step } });
      await askModel(stack.url, 'faults', `dies-${step}`);
      expect(await dying.ended).toBe('SIGKILL');
      // Nobody knows what became of such a call, so its lease must end before it is made again; a kept answer waits for nothing.
      if (unconfirmed > 0) await endLeases(stack);
      await stack.startAgain('reasoning', {});

      const job = await whenEnded(`${stack.url}/v1/jobs/dies-${step}`, { 'waybill-tenant': 'faults' });
      expect(job).toMatchObject({ status: 'completed' });
      expect(simulator.requests).toHaveLength(answered);
      expect(await recordedCalls(stack, `dies-${step}`)).toEqual({ billed, open: unconfirmed });
    },
    600_000,
  );
});
