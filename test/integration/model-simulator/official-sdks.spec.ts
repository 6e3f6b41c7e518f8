import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  ThrottlingException,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { GoogleGenAI, type ApiError, type ServiceTier } from '@google/genai';
import OpenAI, { toFile } from 'openai';
import { simulatedAwsSecret, type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';

const slip = 'Quellmark Stores Ltd\nDate: 14/03/2026\nBread 3.00\nMilk 1.25\nTOTAL £4.25';
const schema = {
  type: 'object',
  properties: {
    merchant: { type: ['string', 'null'] },
    date: { type: ['string', 'null'] },
    total: { type: ['number', 'null'] },
    items: {
      type: 'array',
      items: { type: 'object', properties: { description: { type: 'string' }, amount: { type: 'number' } } },
    },
  },
};
const values = {
  merchant: 'Quellmark Stores Ltd',
  date: '2026-03-14',
  total: 4.25,
  items: [
    { description: 'Bread', amount: 3 },
    { description: 'Milk', amount: 1.25 },
  ],
};
const caught = <Kind extends Error>(promise: Promise<unknown>): Promise<Kind> =>
  promise.then(
    () => {
      throw new Error('an error was expected');
    },
    (error: unknown) => error as Kind,
  );

let simulator: ModelSimulator;
beforeAll(async () => {
  simulator = await startModelSimulator({ models: { careless: { errorRate: 1 }, small: { contextTokens: 10 } } });
});
afterEach(() => simulator.reset());
afterAll(() => simulator.close());

describe('the OpenAI SDK', () => {
  const client = () => new OpenAI({ apiKey: 'sk-test', baseURL: `${simulator.url}/v1`, maxRetries: 0 });
  const messages = [{ role: 'user' as const, content: slip }];
  const asked = {
    model: 'gpt-5.4-mini',
    messages,
    response_format: { type: 'json_schema' as const, json_schema: { name: 'receipt', schema } },
  };

  it('gets a schema filled from the text, with usage', async () => {
    const { choices, usage } = await client().chat.completions.create(asked);
    expect(JSON.parse(choices[0]!.message.content!)).toEqual(values);
    expect(usage!.total_tokens).toBe(usage!.prompt_tokens + usage!.completion_tokens);
  });

  it('gets what a careless model misreads, the same each time', async () => {
    const ask = async () =>
      (await client().chat.completions.create({ ...asked, model: 'careless' })).choices[0]!.message;
    const first = await ask();
    expect(JSON.parse(first.content!)).not.toEqual(values);
    expect((await ask()).content).toBe(first.content);
  });

  it('streams, with usage in the last chunk', async () => {
    const stream = await client().chat.completions.create({
      ...{ ...asked, stream: true as const },
      stream_options: { include_usage: true },
    });
    let text = '';
    let total = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      total = chunk.usage?.total_tokens ?? total;
    }
    expect(JSON.parse(text)).toEqual(values);
    expect(total).toBeGreaterThan(0);
  });

  it('uses tools, reads pictures, and answers by responses too', async () => {
    const tool = { type: 'function' as const, function: { name: 'keep', parameters: schema } };
    const { choices } = await client().chat.completions.create({
      ...{ model: 'gpt-5.4-mini', messages, tools: [tool], tool_choice: 'required' },
    });
    expect(choices[0]!.finish_reason).toBe('tool_calls');
    const [called] = choices[0]!.message.tool_calls!;
    expect(called).toMatchObject({ function: { name: 'keep' } });
    const input = [
      {
        role: 'user' as const,
        content: [
          { type: 'input_text' as const, text: 'What is this?' },
          { type: 'input_image' as const, image_url: 'data:image/png;base64,AA==', detail: 'low' as const },
        ],
      },
    ];
    const response = await client().responses.create({ model: 'gpt-5.5', input });
    expect(response.output_text).toContain('1 image');
    const events = await client().responses.create({ model: 'gpt-5.5', input: slip, stream: true });
    const types: string[] = [];
    for await (const event of events) types.push(event.type);
    expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
  });

  it.each([
    ['rate-limited', OpenAI.RateLimitError, 429],
    ['auth', OpenAI.AuthenticationError, 401],
    ['context-too-long', OpenAI.BadRequestError, 400],
    ['overloaded', OpenAI.InternalServerError, 503],
  ] as const)('recognises %s', async (as, kind, status) => {
    simulator.script({ behaviour: { kind: 'refuse', as, retryAfterS: 3 } });
    const error = await caught<InstanceType<typeof OpenAI.APIError>>(client().chat.completions.create(asked));
    expect(error).toBeInstanceOf(kind);
    expect(error.status).toBe(status);
    if (as === 'rate-limited') expect(error.headers?.get('retry-after')).toBe('3');
  });

  it('asks for another service, hears at which one it was answered, and is refused for want of room', async () => {
    const client0 = client();
    const flex = { ...asked, service_tier: 'flex' as const };
    expect((await client0.chat.completions.create(flex)).service_tier).toBe('flex');
    expect((await client0.chat.completions.create(asked)).service_tier).toBe('default');
    const input = { model: 'gpt-5.4-mini', input: slip, service_tier: 'priority' as const };
    expect((await client0.responses.create(input)).service_tier).toBe('priority');
    simulator.script({ behaviour: { kind: 'answer', service: 'default' }, service: 'priority' });
    expect((await client0.responses.create(input)).service_tier).toBe('default');
    simulator.script({ behaviour: { kind: 'refuse', as: 'no-room' }, service: 'flex' });
    const refused = await caught<InstanceType<typeof OpenAI.APIError>>(client0.chat.completions.create(flex));
    expect(refused).toBeInstanceOf(OpenAI.RateLimitError);
    expect(refused.code).toBe('resource_unavailable');
    await client0.chat.completions.create(asked);
  });

  it('notices a small context, a cut stream and a body that is no JSON', async () => {
    expect(await caught(client().chat.completions.create({ ...asked, model: 'small' }))).toMatchObject({
      code: 'context_length_exceeded',
    });
    simulator.script({ behaviour: { kind: 'cut' }, times: 1 }, { behaviour: { kind: 'malformed-body' } });
    const stream = await client().chat.completions.create({ ...asked, stream: true });
    await caught(
      (async () => {
        for await (const _chunk of stream);
      })(),
    );
    await caught(client().chat.completions.create(asked));
  });

  it('waits no longer than it wants for a slow start', async () => {
    simulator.script({ behaviour: { kind: 'hang' } });
    const error = await caught(client().chat.completions.create(asked, { timeout: 50 }));
    expect(error).toBeInstanceOf(OpenAI.APIConnectionError);
  });

  it('runs a batch from upload to results', async () => {
    const line = { custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: asked };
    const file = await client().files.create({
      file: await toFile(Buffer.from(`${JSON.stringify(line)}\n`), 'batch.jsonl'),
      purpose: 'batch',
    });
    const made = await client().batches.create({
      ...{ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' },
    });
    expect(made.status).toBe('validating');
    await client().batches.retrieve(made.id);
    const done = await client().batches.retrieve(made.id);
    expect(done).toMatchObject({ status: 'completed', request_counts: { total: 1, completed: 1 } });
    const results = await (await client().files.content(done.output_file_id!)).text();
    const { custom_id: id, response } = JSON.parse(results);
    const text: string = response.body.choices[0].message.content;
    expect([id, JSON.parse(text)]).toEqual(['a', values]);
  });
});

describe('the Anthropic SDK', () => {
  const client = () => new Anthropic({ apiKey: 'sk-ant-test', baseURL: simulator.url, maxRetries: 0 });
  const asked = { model: 'claude-haiku-4-5', max_tokens: 500, messages: [{ role: 'user' as const, content: slip }] };

  it('gets answers, whole and streamed, with what the cache took', async () => {
    simulator.script({
      behaviour: { kind: 'answer', text: 'Bread.', usage: { input: 100, cached: 80, cacheWritten: 5, output: 2 } },
    });
    const message = await client().messages.create(asked);
    expect(message.content).toEqual([{ type: 'text', text: 'Bread.' }]);
    expect(message.usage).toMatchObject({
      ...{ input_tokens: 15, cache_read_input_tokens: 80, cache_creation_input_tokens: 5, output_tokens: 2 },
    });
    const streamed = await client().messages.stream(asked).finalMessage();
    expect(streamed).toMatchObject({ content: [{ type: 'text', text: 'Bread.' }], stop_reason: 'end_turn' });
  });

  it('uses tools', async () => {
    const message = await client().messages.create({
      ...asked,
      tools: [{ name: 'keep', input_schema: { ...schema, type: 'object' } }],
      tool_choice: { type: 'any' },
    });
    expect(message).toMatchObject({ stop_reason: 'tool_use', content: [{ type: 'tool_use', input: values }] });
  });

  it.each([
    ['rate-limited', Anthropic.RateLimitError, 429],
    ['overloaded', Anthropic.InternalServerError, 529],
    ['auth', Anthropic.AuthenticationError, 401],
    ['context-too-long', Anthropic.BadRequestError, 400],
  ] as const)('recognises %s', async (as, kind, status) => {
    simulator.script({ behaviour: { kind: 'refuse', as } });
    const error = await caught<InstanceType<typeof Anthropic.APIError>>(client().messages.create(asked));
    expect(error).toBeInstanceOf(kind);
    expect(error.status).toBe(status);
  });

  it('runs a batch', async () => {
    const { id } = await client().messages.batches.create({ requests: [{ custom_id: 'a', params: asked }] });
    await client().messages.batches.retrieve(id);
    expect(await client().messages.batches.retrieve(id)).toMatchObject({ processing_status: 'ended' });
    const results = [];
    for await (const result of await client().messages.batches.results(id)) results.push(result);
    expect(results).toMatchObject([{ custom_id: 'a', result: { type: 'succeeded', message: { role: 'assistant' } } }]);
  });
});

describe('the Google Gen AI SDK', () => {
  const client = () => new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } });
  const asked = {
    model: 'gemini-2.5-flash-lite',
    contents: slip,
    config: { responseMimeType: 'application/json', responseJsonSchema: schema },
  };

  it('asks for another service, hears at which one it was answered, and is refused for want of room', async () => {
    const flex = { ...asked, config: { ...asked.config, serviceTier: 'flex' as ServiceTier } };
    const told = async (request: typeof asked) =>
      (await client().models.generateContent(request)).usageMetadata as { serviceTier?: string };
    expect(await told(flex)).toMatchObject({ serviceTier: 'flex' });
    expect(await told(asked)).toMatchObject({ serviceTier: 'standard' });
    simulator.script({ behaviour: { kind: 'refuse', as: 'no-room' }, service: 'flex' });
    expect(await caught<ApiError>(client().models.generateContent(flex))).toMatchObject({ status: 503 });
  });

  it('gets answers, whole and streamed, with usage', async () => {
    const answer = await client().models.generateContent(asked);
    expect(JSON.parse(answer.text!)).toEqual(values);
    expect(answer.usageMetadata).toMatchObject({ promptTokenCount: expect.any(Number) });
    let text = '';
    for await (const chunk of await client().models.generateContentStream(asked)) text += chunk.text ?? '';
    expect(JSON.parse(text)).toEqual(values);
  });

  it.each([
    ['rate-limited', 429],
    ['overloaded', 503],
    ['auth', 400],
  ] as const)('recognises %s', async (as, status) => {
    simulator.script({ behaviour: { kind: 'refuse', as } });
    expect(await caught(client().models.generateContent(asked))).toMatchObject({ status });
  });

  it('tells of what was blocked', async () => {
    simulator.script({ behaviour: { kind: 'decline' } });
    const answer = await client().models.generateContent(asked);
    expect(answer.candidates![0]!.finishReason).toBe('SAFETY');
  });

  const ended = async (name: string) => {
    expect(await client().batches.get({ name })).toMatchObject({ state: 'JOB_STATE_RUNNING' });
    return await client().batches.get({ name });
  };

  it('runs a batch of inline requests, told apart by their metadata', async () => {
    const src = ['a', 'b'].map((key) => ({ ...asked, contents: `${slip} ${key}`, metadata: { key } }));
    simulator.script({ behaviour: { kind: 'refuse', as: 'overloaded' }, times: 1 });
    const made = await client().batches.create({ model: asked.model, src, config: { displayName: 'inline' } });
    expect(made).toMatchObject({ state: 'JOB_STATE_PENDING', displayName: 'inline' });
    const { state, dest } = await ended(made.name!);
    expect(state).toBe('JOB_STATE_SUCCEEDED');
    const [second, first] = dest!.inlinedResponses!;
    expect(first).toMatchObject({ metadata: { key: 'a' }, error: { code: 14 } });
    expect(second).toMatchObject({ metadata: { key: 'b' }, response: { usageMetadata: expect.any(Object) } });
    const [part] = second!.response!.candidates![0]!.content!.parts!;
    expect(JSON.parse(part!.text!)).toMatchObject({ merchant: values.merchant });
  });

  it('runs a batch from an uploaded file to a downloaded one', async () => {
    const request = {
      contents: [{ parts: [{ text: slip }], role: 'user' }],
      generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema },
    };
    const file = new Blob([`${JSON.stringify({ key: 'a', request })}\n`], { type: 'application/jsonl' });
    const { name } = await client().files.upload({ file, config: { displayName: 'lines' } });
    expect(await client().files.get({ name: name! })).toMatchObject({ displayName: 'lines', state: 'ACTIVE' });
    const made = await client().batches.create({ model: asked.model, src: name! });
    const { dest } = await ended(made.name!);
    const downloadPath = join(await mkdtemp(join(tmpdir(), 'waybill-batch-')), 'results.jsonl');
    await client().files.download({ file: dest!.fileName!, downloadPath });
    const { key, response } = JSON.parse(await readFile(downloadPath, 'utf8'));
    await rm(dirname(downloadPath), { recursive: true });
    expect(key).toBe('a');
    const text: string = response.candidates[0].content.parts[0].text;
    expect(JSON.parse(text)).toEqual(values);
    expect(response.usageMetadata).toMatchObject({ totalTokenCount: expect.any(Number) });
    await client().files.delete({ name: name! });
    expect(await caught(client().files.get({ name: name! }))).toMatchObject({ status: 404 });
  });

  it('lists, cancels and deletes batches, and sees one run out of its time', async () => {
    const create = async () => (await client().batches.create({ model: asked.model, src: [asked] })).name!;
    const [cancelled, expired] = [await create(), await create()];
    await client().batches.cancel({ name: cancelled });
    expect(await client().batches.get({ name: cancelled })).toMatchObject({ state: 'JOB_STATE_CANCELLED' });
    simulator.fateOfBatches('expired');
    expect(await ended(expired)).toMatchObject({ state: 'JOB_STATE_EXPIRED' });
    await client().batches.delete({ name: cancelled });
    const names: (string | undefined)[] = [];
    for await (const { name } of await client().batches.list()) names.push(name);
    expect(names).toContain(expired);
    expect(names).not.toContain(cancelled);
    expect(await caught(client().batches.create({ model: asked.model, src: 'files/none' }))).toMatchObject({
      status: 404,
    });
  });
});

describe('the simulator', () => {
  it('is scripted over HTTP by other processes', async () => {
    const post = (path: string, body: object) =>
      fetch(`${simulator.url}${path}`, { method: 'POST', headers: { 'x-api-key': 'k' }, body: JSON.stringify(body) });
    await post('/_simulator/script', [{ behaviour: { kind: 'refuse', as: 'overloaded' }, times: 1 }]);
    const ask = () => post('/v1/messages', { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] });
    expect((await ask()).status).toBe(529);
    expect((await ask()).status).toBe(200);
    const seen = await fetch(`${simulator.url}/_simulator/requests`);
    expect(await seen.json()).toMatchObject([{ call: { model: 'm', texts: ['Hi'] } }, { path: '/v1/messages' }]);
    await fetch(`${simulator.url}/_simulator`, { method: 'DELETE' });
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('the AWS SDK for Bedrock', () => {
  const client = (secretAccessKey = simulatedAwsSecret) =>
    new BedrockRuntimeClient({
      ...{ region: 'eu-central-1', endpoint: simulator.url, maxAttempts: 1 },
      // The SDK's own way is HTTP/2, which wants TLS.
      requestHandler: new NodeHttpHandler(),
      credentials: { accessKeyId: 'AKIASIMULATED0000001', secretAccessKey },
    });
  const asked = {
    modelId: 'us.anthropic.claude-opus-4-5-20251101-v1:0',
    messages: [{ role: 'user' as const, content: [{ text: slip }] }],
    toolConfig: {
      tools: [{ toolSpec: { name: 'keep', inputSchema: { json: schema } } }],
      toolChoice: { any: {} },
    },
  };

  it('calls a tool with values from the text, with usage', async () => {
    const { output, stopReason, usage } = await client().send(new ConverseCommand(asked));
    expect(output?.message?.content?.[0]?.toolUse).toMatchObject({ name: 'keep', input: values });
    expect(stopReason).toBe('tool_use');
    expect(usage!.totalTokens).toBe(usage!.inputTokens! + usage!.outputTokens!);
    expect(simulator.requests[0]!.call.model).toBe(asked.modelId);
  });

  it('streams frames whose checksums hold, with usage in the last one', async () => {
    const { toolConfig: _, ...said } = asked;
    const { stream } = await client().send(new ConverseStreamCommand(said));
    let text = '';
    let total = 0;
    for await (const event of stream!) {
      text += event.contentBlockDelta?.delta?.text ?? '';
      total = event.metadata?.usage?.totalTokens ?? total;
    }
    expect(text).toMatch(/^This is a simulated answer to: Quellmark/);
    expect(total).toBeGreaterThan(0);
  });

  it('is refused with a wrong secret, and recognises errors by their type', async () => {
    const refused = await caught<Error>(client('another').send(new ConverseCommand(asked)));
    expect(refused.name).toBe('UnrecognizedClientException');
    simulator.script({ behaviour: { kind: 'refuse', as: 'rate-limited' } });
    expect(await caught(client().send(new ConverseCommand(asked)))).toBeInstanceOf(ThrottlingException);
  });
});
