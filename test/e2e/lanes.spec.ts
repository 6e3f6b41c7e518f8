import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobView, RouteView } from '@waybill/contracts';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { whenEnded, startStack, type TestStack } from '../support/index.js';
import { drawPdf } from './support/draw-documents.js';
import { policyOfProviders, type PolicyFile } from './support/policy-of-providers.js';

const note = ['Delivery note of the Quellmark depot', 'Weight: 412.50', 'It was handed at noon to the courier Okafor'];
const schema = { type: 'object', properties: { weight: { type: 'number' }, courier: { type: 'string' } } };
const frontier = ['gpt-5.5-2026-04-23', 'claude-opus-4-7', 'claude-sonnet-4-5-20250929'];

let simulator: ModelSimulator;
let policy: PolicyFile;
let stack: TestStack;

beforeAll(async () => {
  // Whoever is cheap gets everything wrong, so what may goes up to the frontier, and nobody answers there.
  simulator = await startModelSimulator({ models: (name) => (frontier.includes(name) ? {} : { errorRate: 1 }) });
  policy = await policyOfProviders(['openai', 'anthropic', 'google', 'deepseek', 'bedrock']);
  const env = {
    WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
    WAYBILL_POLICY: policy.path,
    // One job at a time in each lane: a second one waits behind it.
    WAYBILL_REASONING_LANES: 'free:1,fast:1,standard:1,frontier:1',
  };
  stack = await startStack({ services: { reasoning: { env } } });
});
afterAll(async () => {
  await simulator?.close();
  await stack?.stop();
  await policy?.remove();
});

async function submit(id: string, routing: object): Promise<string> {
  const form = new FormData();
  form.set(
    'submission',
    JSON.stringify({ id, task: { kind: 'extract', schema }, documents: [{ upload: 'file' }], routing }),
  );
  form.set('file', new Blob([await drawPdf([note.join(' / ')])], { type: 'application/pdf' }), 'note.pdf');
  const { status } = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', body: form });
  expect(status).toBe(202);
  return id;
}
const get = async <View>(path: string): Promise<View> => (await fetch(`${stack.url}${path}`)).json() as Promise<View>;

describe('lanes', () => {
  it('lets cheap jobs pass while frontier calls hang and others wait behind them', async () => {
    simulator.script(...frontier.map((model) => ({ behaviour: { kind: 'hang' as const }, model })));
    const hanging = Promise.race(frontier.map((model) => simulator.arrival(model)));
    const slow = await Promise.all(['slow-1', 'slow-2', 'slow-3'].map((id) => submit(id, {})));
    await hanging;

    const quick = await submit('quick-1', { tier: 'cheap' });
    expect(await whenEnded(`${stack.url}/v1/jobs/${quick}`)).toMatchObject({ status: 'completed' });
    const route = await get<RouteView>(`/v1/jobs/${quick}/route`);
    expect(route.documents[0]?.attempts.filter(({ tier }) => tier > 0).length).toBeGreaterThan(0);
    for (const id of slow) expect(['queued', 'processing']).toContain((await get<JobView>(`/v1/jobs/${id}`)).status);
    // One slot in the frontier lane: one call hangs, the others wait without one.
    expect(simulator.requests.filter(({ call }) => frontier.includes(call.model))).toHaveLength(1);
    for (const id of slow) await fetch(`${stack.url}/v1/jobs/${id}`, { method: 'DELETE' });
  });
});
