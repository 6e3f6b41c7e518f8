import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobView, ResultView, RouteView } from '@waybill/contracts';
import pg from 'pg';
import { type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';
import { whenRecorded, startStack, type TestStack } from '../support/index.js';
import { drawPdf } from './support/draw-documents.js';
import { policyOfProviders, type PolicyFile } from './support/policy-of-providers.js';

/** Rules find what is labelled; the courier is named in a sentence. */
const note = ['Delivery note of the Quellmark depot', 'Weight: 412.50', 'It was handed at noon to the courier Okafor'];
const schema = {
  type: 'object',
  properties: { weight: { type: 'number' }, courier: { type: 'string' } },
};
/** The cheapest model of the catalog gets everything wrong here. */
const careless = 'gemini-2.5-flash-lite';

let simulator: ModelSimulator;
let policy: PolicyFile;
let stack: TestStack;

beforeAll(async () => {
  simulator = await startModelSimulator({ models: { [careless]: { errorRate: 1 } } });
  policy = await policyOfProviders(['openai', 'anthropic', 'google', 'deepseek', 'bedrock']);
  const env = { WAYBILL_MODEL_SIMULATOR_URL: simulator.url, WAYBILL_POLICY: policy.path };
  stack = await startStack({ services: { reasoning: { env } } });
});
afterEach(() => simulator.reset());
afterAll(async () => {
  await stack?.stop();
  await simulator?.close();
  await policy?.remove();
});

async function submit(more: object = {}): Promise<string> {
  const form = new FormData();
  const submission = { task: { kind: 'extract', schema }, documents: [{ upload: 'file' }], ...more };
  form.append('submission', new Blob([JSON.stringify(submission)], { type: 'application/json' }));
  form.append('file', new Blob([await drawPdf([note.join('\n')])]), 'file');
  const response = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', body: form });
  expect(response.status).toBe(202);
  return ((await response.json()) as { id: string }).id;
}

const get = async <Body>(path: string): Promise<Body> => (await (await fetch(`${stack.url}${path}`)).json()) as Body;

async function ended(id: string): Promise<JobView> {
  for (;;) {
    const job = await get<JobView>(`/v1/jobs/${id}?wait=60s`);
    if (job.finishedAt !== undefined) return job;
  }
}

/** The job's ledger, oldest first, once its end is in it. */
async function booked(id: string): Promise<unknown[]> {
  await whenRecorded(stack.databaseUrl, id);
  const database = new pg.Client({ connectionString: stack.databaseUrl });
  await database.connect();
  const { rows } = await database.query<{ model: string; usd: number; version: string; key: string }>(
    `SELECT model, cost_usd::float AS usd, catalog_version AS version, credential AS key
     FROM ledger WHERE job_id = $1 ORDER BY tier, cost_usd`,
    [id],
  );
  await database.end();
  return rows;
}

/** Reads the job's events until one of this type. */
async function untilEvent(id: string, type: string): Promise<void> {
  const stop = new AbortController();
  const answer = await fetch(`${stack.url}/v1/jobs/${id}/events`, { signal: stop.signal });
  let text = '';
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes(`event: ${type}\n`)) break;
  }
  stop.abort();
}

const limitedAttempts = ({ documents: [route] }: RouteView) =>
  (route?.attempts ?? []).filter(({ outcome }) => outcome === 'rate-limited');

const asked = () => simulator.requests.map(({ call }) => call.model);

describe('a job that needs models', () => {
  it('is answered by the cheapest that does it well, with receipts, and costs what was billed, once', async () => {
    const id = await submit();
    expect(await ended(id)).toMatchObject({ status: 'completed' });
    const { documents, costUsd } = await get<ResultView>(`/v1/jobs/${id}/result`);
    expect(documents[0]?.values).toEqual({ weight: 412.5, courier: 'It was handed at noon to the courier Okafor' });
    const courier = documents[0]?.fields?.find(({ path }) => path === '/courier');
    expect(courier).toMatchObject({ page: 1, grounded: true, words: expect.arrayContaining([expect.any(Number)]) });

    const { documents: routes } = await get<RouteView>(`/v1/jobs/${id}/route`);
    const attempts = routes[0]?.attempts ?? [];
    expect(attempts.length).toBeGreaterThanOrEqual(3);
    expect(attempts[0]).toMatchObject({
      model: 'waybill/rules-1',
      asked: ['/weight', '/courier'],
      doubtful: ['/courier'],
    });
    expect(attempts[1]).toMatchObject({ model: `google/${careless}`, asked: ['/courier'], doubtful: ['/courier'] });
    expect(attempts.at(-1)).toMatchObject({ asked: ['/courier'], doubtful: [], simulated: true, outcome: 'answered' });
    expect(attempts[1]?.exclusions.some(({ code }) => code === 'sensitivity')).toBe(true);
    expect(asked()).toHaveLength(attempts.length - 1);
    for (const { estimate, usage, costUsd: usd } of attempts.slice(1)) {
      expect(usage?.inputTokens).toBeLessThanOrEqual(estimate.inputTokens.most);
      expect(usage?.inputTokens).toBeGreaterThanOrEqual(estimate.inputTokens.least);
      expect(usd).toBeLessThanOrEqual(estimate.cost.mostUsd);
    }
    const sum = attempts.reduce((all, attempt) => all + attempt.costUsd, 0);
    expect(sum).toBeGreaterThan(0);
    expect(costUsd).toBeCloseTo(sum, 12);
    expect(await booked(id)).toEqual(
      attempts.map(({ model, costUsd: usd, catalogVersion }) => ({ model, usd, version: catalogVersion, key: 'none' })),
    );
  });

  it('asks nobody when the job allows nothing that costs', async () => {
    const id = await submit({ routing: { tier: 'free' } });
    expect(await ended(id)).toMatchObject({ status: 'completed', costUsd: 0 });
    expect(asked()).toEqual([]);
  });

  it('waits while every provider asks for patience, which is no attempt, and completes', async () => {
    // Every model that may be asked; who has refused once is not asked again until then.
    simulator.script({ behaviour: { kind: 'refuse', as: 'rate-limited', retryAfterS: 5 }, times: 8 });
    const id = await submit();
    await untilEvent(id, 'job-waiting');
    const sofar = await get<RouteView>(`/v1/jobs/${id}/route`);
    const refusals = limitedAttempts(sofar);
    expect(refusals.length).toBeGreaterThan(0);
    expect(await ended(id)).toMatchObject({ status: 'completed', problems: [] });
    const told = await get<RouteView>(`/v1/jobs/${id}/route`);
    expect(limitedAttempts(told)).toEqual(expect.arrayContaining(refusals));
    const events = await (await fetch(`${stack.url}/v1/jobs/${id}/events`)).text();
    expect(events).toMatch(/"type":"job-waiting"/);
    expect(events).toMatch(/takes no more calls for now/);
    const { costUsd } = await get<ResultView>(`/v1/jobs/${id}/result`);
    expect(costUsd).toBeGreaterThan(0);
  });
});
