import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RouteView } from '@waybill/contracts';
import { shippedPolicy } from '@waybill/llm-routing';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { startStack, temporaryFolder, whenEnded, type TemporaryFolder, type TestStack } from '../support/index.js';
import { askModel, recordedCalls } from './support/model-jobs.js';

const model = 'google/gemini-2.5-flash-lite';
const headers = { 'waybill-tenant': 'faults' };
/** A job is patient that has an hour, and nothing else is waited for. */
const batch = { tiers: ['standard'], fromLeftMs: 3_600_000, collectMs: 0, pollMs: 200, directMs: 60_000 };

let folder: TemporaryFolder;
let simulator: ModelSimulator;
let stack: TestStack;

beforeAll(async () => {
  folder = await temporaryFolder('batches');
  simulator = await startModelSimulator();
  const policy = join(folder.path, 'policy.yaml');
  await writeFile(policy, JSON.stringify({ ...shippedPolicy, batch, allow: ['waybill/rules-1', model] }));
  const env = {
    ...{ WAYBILL_MODEL_SIMULATOR_URL: simulator.url, WAYBILL_POLICY: policy },
    ...{ WAYBILL_ACK_WAIT_MS: '2000', WAYBILL_OCR_ENGINE: 'none' },
  };
  stack = await startStack({ env });
}, 600_000);
afterAll(async () => {
  await stack?.stop();
  await simulator?.close();
  await folder?.remove();
});

/** Submits a job, and resolves when it waits for its batch. */
async function batched(id: string): Promise<void> {
  simulator.fateOfBatches('held');
  await askModel(stack.url, 'faults', id, { tier: 'standard' });
  const stop = new AbortController();
  const { body } = await fetch(`${stack.url}/v1/jobs/${id}/events`, { headers, signal: stop.signal });
  let text = '';
  for await (const piece of body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes('In a batch that is being answered')) break;
  }
  stop.abort();
}

/** There is no signal for it but what is to be seen: somebody else than who ends the job may have looked at the batch. */
async function deletedAtProvider(): Promise<void> {
  while (simulator.batches.filesKept > 0) await pause(20);
}

/** Invariant: a batch that was submitted is read once, paid once, and left with nobody, whatever becomes of its worker or its job. */
describe('a batch that is under way', () => {
  it('is read by the next worker when its own is killed', async () => {
    await batched('killed');
    await stack.service('reasoning').kill();
    simulator.fateOfBatches('answered');
    await stack.startAgain('reasoning');
    expect(await whenEnded(`${stack.url}/v1/jobs/killed`, headers)).toMatchObject({ status: 'completed' });
    const { documents } = (await (await fetch(`${stack.url}/v1/jobs/killed/route`, { headers })).json()) as RouteView;
    const paid = documents[0]!.attempts.filter(({ tier }) => tier > 0);
    expect(paid).toMatchObject([{ model, service: 'batch', outcome: 'answered' }]);
    await deletedAtProvider();
    expect(simulator.batches.made).toBe(1);
    expect(simulator.requests).toEqual([]);
    expect(await recordedCalls(stack, 'killed')).toEqual({ billed: 1, open: 0 });
  }, 600_000);

  it('is cancelled when its job is, and holds no money then', async () => {
    await batched('cancelled');
    expect(simulator.batches.filesKept).toBe(1);
    await fetch(`${stack.url}/v1/jobs/cancelled`, { method: 'DELETE', headers });
    await deletedAtProvider();
    while ((await recordedCalls(stack, 'cancelled')).open > 0) await pause(20);
    expect(await recordedCalls(stack, 'cancelled')).toEqual({ billed: 0, open: 0 });
  }, 600_000);
});
