import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@waybill/jobs';
import {
  commonLevel,
  MemoryKeyHealth,
  ModelError,
  shippedCatalog,
  type ModelEvent,
  type ModelProvider,
  type ModelRequest,
} from '@waybill/llm-routing';
import { createModelProvider } from '@waybill/model-providers';
import { type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';
import { familiesUnderTest, levelOfFamily } from './families-under-test.js';

const slip = 'Quellmark Stores Ltd\nDate: 14/03/2026\nBread 3.00\nTOTAL £3.00';
const schema = {
  type: 'object',
  properties: { merchant: { type: 'string' }, total: { type: 'number' } },
  required: ['merchant', 'total'],
  additionalProperties: false,
};
const values = { merchant: 'Quellmark Stores Ltd', total: 3 };
/** More than any provider takes as it is: bounds, what may be absent, a map, what contains itself, many nulls. */
const demanding = {
  type: 'object',
  properties: {
    merchant: { type: 'string', minLength: 1, maxLength: 80 },
    note: { type: 'string', format: 'iban' },
    kind: { enum: [1, 'two', null] },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 3 },
    rates: { type: 'object', additionalProperties: { type: 'number' } },
    tree: { $ref: '#/$defs/tree' },
    ...Object.fromEntries(
      Array.from({ length: 18 }, (_, at) => [`n${at}`, { type: ['number', 'null'], minimum: 0, multipleOf: 0.5 }]),
    ),
  },
  required: ['merchant'],
  $defs: { tree: { type: 'object', properties: { trees: { type: 'array', items: { $ref: '#/$defs/tree' } } } } },
};
const scripted = { input: 1_000, cached: 600, cacheWritten: 100, output: 50, reasoning: 20 };
const told = {
  ...{ inputTokens: 1_000, cachedInputTokens: 600, cacheWrittenInputTokens: 100 },
  ...{ outputTokens: 50, reasoningTokens: 20, imageTokens: 0 },
};
const reference = { bucket: 'documents', key: 'page-1', sizeBytes: 4, sha256: '0'.repeat(64) };

let simulator: ModelSimulator;
beforeAll(async () => {
  simulator = await startModelSimulator();
});
afterEach(() => simulator.reset());
afterAll(() => simulator.close());

const never = new AbortController().signal;
const inAMinute = () => new Date(Date.now() + 60_000);

async function failureOf(promise: Promise<unknown>): Promise<ModelError> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof ModelError)) throw new Error(`a ModelError was expected, not ${String(error)}`);
  return error;
}

async function eventsOf(provider: ModelProvider, request: ModelRequest): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of provider.stream!(request, never)) events.push(event);
  return events;
}

describe.each(familiesUnderTest)('$name', ({ model, settings, untold, pdf, reopening }) => {
  const provider = (keys = [{ id: 'a', secret: 'secret-a' }], random = 0): Promise<ModelProvider> =>
    createModelProvider(
      { ...settings(simulator.url), keys },
      {
        ...{ keyHealth: new MemoryKeyHealth(), clock: systemClock, random: () => random },
        blobs: { read: async () => new Uint8Array([137, 80, 78, 71]) },
      },
    );
  const request = (differs: Partial<ModelRequest> = {}): ModelRequest => ({
    ...{ model, maxOutputTokens: 500, deadline: inAMinute(), idempotencyKey: 'job_1/0' },
    messages: [
      { role: 'system', text: 'Read receipts.' },
      { role: 'user', parts: [{ type: 'text', text: slip }] },
    ],
    ...differs,
  });
  const asked = { name: 'receipt', schema };

  it('answers, and tells what is billed as the provider counts it', async () => {
    simulator.script({ behaviour: { kind: 'answer', text: 'Bread.', usage: scripted } });
    const answer = await (await provider()).call(request(), never);
    expect(answer).toMatchObject({ text: 'Bread.', finish: 'stop', toolCalls: [], model });
    expect(answer.usage).toEqual({ ...told, ...untold });
    expect(answer.raw).toBeTruthy();
    expect(simulator.requests[0]!.headers['idempotency-key']).toBe('job_1/0');
  });

  it('streams the same answer in pieces, with the same bill', async () => {
    simulator.script({ behaviour: { kind: 'answer', text: 'Bread and butter.', usage: scripted } });
    const events = await eventsOf(await provider(), request());
    const pieces = events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe('Bread and butter.');
    const last = events.at(-1)!;
    if (last.type !== 'answer') throw new Error('the last event is the answer');
    expect(last.answer).toMatchObject({ text: 'Bread and butter.', finish: 'stop', usage: { ...told, ...untold } });
  });

  it('keeps to a schema, sent as such or said in words', async () => {
    simulator.script({ behaviour: { kind: 'answer', text: JSON.stringify(values) } });
    const answer = await (await provider()).call(request({ schema: asked }), never);
    expect(answer.json).toEqual(values);
    expect(JSON.stringify(simulator.requests[0]!.body)).toContain('merchant');
  });

  it('asks for a schema in what its provider takes of it, and answers to the schema itself', async () => {
    const { baseUrl, ...wanted } = settings(simulator.url);
    const id = levelOfFamily[wanted.family];
    const level = shippedCatalog.schemaLevels.find((one) => one.id === id) ?? commonLevel;
    const ownPath = new URL(baseUrl!).pathname === '/v1' && id !== undefined && !['openai', 'claude'].includes(id);
    const levelled = await createModelProvider(
      {
        ...wanted,
        baseUrl: ownPath ? `${simulator.url}/${wanted.family}/v1` : baseUrl,
        keys: [{ id: 'a', secret: 's' }],
      },
      {
        ...{ keyHealth: new MemoryKeyHealth(), clock: systemClock, random: () => 0 },
        blobs: { read: async () => new Uint8Array() },
      },
      () => level,
    );
    const calls = request({ schema: { name: 'receipt', schema: demanding } });
    // Said in words alone, it is nothing that the simulator fills.
    const isSaid = wanted.family === 'deepseek' || wanted.family === 'qwen';
    if (isSaid) simulator.script({ behaviour: { kind: 'answer', text: JSON.stringify(values) } });
    const whole = await levelled.call(calls, never);
    expect(whole.json).toMatchObject({ merchant: 'Quellmark Stores Ltd' });
    expect(JSON.parse(whole.text)).toEqual(whole.json);
    expect(Object.values(whole.json as object)).not.toContain('');
    const events = await eventsOf(levelled, calls);
    expect(events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('')).toBe(whole.text);
    expect(events.at(-1)).toMatchObject({ answer: { json: whole.json } });
  });

  it('asks for the services that it names, and tells at which one it was answered', async () => {
    const named = (await provider()).services ?? [];
    for (const service of named) {
      expect(await (await provider()).call(request({ service }), never)).toMatchObject({ service });
      expect((await eventsOf(await provider(), request({ service }))).at(-1)).toMatchObject({ answer: { service } });
    }
    expect(simulator.requests.map(({ call }) => call.service)).toEqual(named.flatMap((service) => [service, service]));
  });

  it('uses tools and hands results back', async () => {
    const tools = [{ name: 'keep', description: 'Keeps a receipt.', inputSchema: schema }];
    const answer = await (await provider()).call(request({ tools, toolChoice: 'required' }), never);
    expect(answer).toMatchObject({ finish: 'tool-calls', toolCalls: [{ tool: 'keep', input: values }] });
    const [call] = answer.toolCalls;
    const { callId, tool } = call!;
    const messages = [
      ...request().messages,
      { role: 'assistant' as const, parts: [call!] },
      { role: 'tool' as const, callId, tool, output: 'kept' },
    ];
    simulator.script({ behaviour: { kind: 'answer', text: 'Done.' } });
    expect(await (await provider()).call(request({ tools, messages }), never)).toMatchObject({ text: 'Done.' });
    expect(JSON.stringify(simulator.requests.at(-1)!.body)).toContain('kept');
  });

  it('sends pictures, and PDFs where the API has a place for them', async () => {
    const image = { type: 'image', mediaType: 'image/png', source: { reference }, detail: 'low' } as const;
    await (await provider()).call(request({ messages: [{ role: 'user', parts: [image] }] }), never);
    expect(simulator.requests[0]!.call).toMatchObject({ images: 1, pdfs: 0 });
    if (pdf === 'no') return;
    const file = { type: 'pdf', name: 'a.pdf', source: { bytes: new Uint8Array([37, 80, 68, 70]) } } as const;
    await (await provider()).call(request({ messages: [{ role: 'user', parts: [file] }] }), never);
    expect(simulator.requests[1]!.call).toMatchObject({ pdfs: 1 });
  });

  it.each([
    ['rate-limited', 'rate-limited'],
    ['overloaded', 'overloaded'],
    ['server-error', 'unknown'],
    ['auth', 'auth'],
    ['quota-used-up', 'auth'],
    ['context-too-long', 'context-too-long'],
    ['bad-request', 'bad-request'],
  ] as const)('asks once and calls %s what it is', async (as, kind) => {
    simulator.script({ behaviour: { kind: 'refuse', as, retryAfterS: 7 } });
    const before = Date.now();
    const failure = await failureOf((await provider()).call(request(), never));
    expect(failure).toMatchObject({ kind, retryable: ['rate-limited', 'overloaded', 'unknown'].includes(kind) });
    expect(failure.message).not.toContain('secret-a');
    expect(simulator.requests).toHaveLength(1);
    if (kind === 'rate-limited' && reopening === 'untold') expect(failure.facts.until).toBeUndefined();
    else if (kind === 'rate-limited') {
      const waitMs = failure.facts.until!.getTime() - before;
      expect(waitMs).toBeGreaterThanOrEqual(6_900);
      expect(waitMs).toBeLessThan(30_000);
    }
    expect((await failureOf(eventsOf(await provider(), request()))).kind).toBe(kind);
  });

  it.each([
    ['decline', 'content-refused'],
    ['truncate', 'truncated'],
    ['malformed-text', 'malformed'],
  ] as const)('takes no answer that the model did %s, and keeps its bill', async (behaviour, kind) => {
    simulator.script({ behaviour: { kind: behaviour } });
    const failures = [
      await failureOf((await provider()).call(request({ schema: asked }), never)),
      await failureOf(eventsOf(await provider(), request({ schema: asked }))),
    ];
    for (const failure of failures) {
      expect(failure.kind).toBe(kind);
      expect(failure.facts.usage!.inputTokens).toBeGreaterThan(0);
    }
    expect(failures[0]!.facts.usage).toEqual(failures[1]!.facts.usage);
  });

  it('takes no answer that was cut, whether the connection breaks or merely ends', async () => {
    simulator.script(
      { behaviour: { kind: 'cut', how: 'reset' }, times: 2 },
      { behaviour: { kind: 'cut', how: 'end' } },
    );
    expect((await failureOf((await provider()).call(request(), never))).kind).toBe('truncated');
    expect((await failureOf(eventsOf(await provider(), request()))).kind).toBe('truncated');
    expect((await failureOf((await provider()).call(request(), never))).kind).toBe('truncated');
    expect((await failureOf(eventsOf(await provider(), request()))).kind).toBe('truncated');
  });

  it('recognises a body that is none of the API', async () => {
    simulator.script({ behaviour: { kind: 'malformed-body' } });
    expect((await failureOf((await provider()).call(request(), never))).kind).toBe('malformed');
  });

  it('ends at the deadline, or with the reason of who no longer wants an answer', async () => {
    simulator.script({ behaviour: { kind: 'hang' } });
    const soon = new Date(Date.now() + 100);
    expect((await failureOf((await provider()).call(request({ deadline: soon }), never))).kind).toBe('timeout');
    const controller = new AbortController();
    const reason = new Error('cancelled by its owner');
    const call = (await provider()).call(request(), controller.signal);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it('rests a key that was refused, uses the other, and says until when all rest', async () => {
    const keys = [
      { id: 'a', secret: 'secret-a' },
      { id: 'b', secret: 'secret-b' },
    ];
    const pooled = await provider(keys);
    simulator.script({ behaviour: { kind: 'refuse', as: 'rate-limited' }, key: 'secret-a' });
    expect((await failureOf(pooled.call(request(), never))).kind).toBe('rate-limited');
    await pooled.call(request(), never);
    simulator.script({ behaviour: { kind: 'refuse', as: 'rate-limited' }, key: 'secret-b' });
    await failureOf(pooled.call(request(), never));
    const failure = await failureOf(pooled.call(request(), never));
    expect(failure).toMatchObject({ kind: 'rate-limited', facts: { until: expect.any(Date) } });
    expect(simulator.requests).toHaveLength(3);
  });
});
