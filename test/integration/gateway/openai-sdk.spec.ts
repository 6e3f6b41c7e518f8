import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import { type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';
import { openAiClient } from '../../support/openai-client.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let simulator: ModelSimulator;
let gateway: TestGateway;
let client: OpenAI;

beforeAll(async () => {
  simulator = await startModelSimulator();
  gateway = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url });
  client = openAiClient(gateway.baseUrl);
});
afterAll(async () => {
  await gateway?.stop();
  await simulator?.close();
});
beforeEach(() => simulator.reset());

const passed = 'openai/gpt-5.4-mini';
const translated = 'anthropic/claude-haiku-4-5';
const hello = [{ role: 'user' as const, content: 'What is the total? TOTAL 12.50' }];
const png = `data:image/png;base64,${Buffer.alloc(3_000, 7).toString('base64')}`;
const schema = {
  type: 'object',
  properties: { total: { type: 'number' } },
  required: ['total'],
  additionalProperties: false,
};
const tools = [{ type: 'function' as const, function: { name: 'add', parameters: schema } }];

async function refusalOf(call: Promise<unknown>): Promise<APIError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(APIError);
  return error as APIError;
}

describe.each([
  ['passed through', passed],
  ['translated', translated],
])("OpenAI's SDK with another base URL, %s", (_how, model) => {
  it('gets an answer, and is told who answered for how much', async () => {
    const { data, response } = await client.chat.completions.create({ model, messages: hello }).withResponse();
    expect(data.object).toBe('chat.completion');
    expect(data.choices[0]!.message.content).toBeTruthy();
    expect(data.choices[0]!.finish_reason).toBe('stop');
    expect(data.usage!.total_tokens).toBe(data.usage!.prompt_tokens + data.usage!.completion_tokens);
    expect(response.headers.get('x-waybill-model')).toContain(model);
    expect(Number(response.headers.get('x-waybill-cost-usd'))).toBeGreaterThan(0);
    expect(response.headers.get('x-waybill-simulated')).toBe('true');
    expect(simulator.requests).toHaveLength(1);
  });

  it('is asked for at no other service than it is billed at', async () => {
    await client.chat.completions.create({ model, messages: hello, service_tier: 'priority' });
    expect(simulator.requests.map(({ call }) => call?.service)).toEqual([undefined]);
  });

  it('gets the same in pieces, with the usage only if it asked for it', async () => {
    const whole = await client.chat.completions.create({ model, messages: hello });
    for (const wantsUsage of [false, true]) {
      const options = wantsUsage ? { stream_options: { include_usage: true } } : {};
      const stream = await client.chat.completions.create({ model, messages: hello, stream: true, ...options });
      let text = '';
      const usages: unknown[] = [];
      for await (const chunk of stream) {
        if (!wantsUsage) expect(chunk.choices).toHaveLength(1);
        text += chunk.choices[0]?.delta.content ?? '';
        if (chunk.usage) usages.push(chunk.usage);
      }
      expect(text).toBe(whole.choices[0]!.message.content);
      expect(usages).toHaveLength(wantsUsage ? 1 : 0);
    }
  });

  it('has tools called, whole and in a stream, and answers them', async () => {
    const asked = { model, messages: hello, tools, tool_choice: 'required' as const };
    const { choices } = await client.chat.completions.create(asked);
    const message = choices[0]!.message;
    const [call] = message.tool_calls!;
    expect(choices[0]!.finish_reason).toBe('tool_calls');
    expect(call).toMatchObject({ type: 'function', function: { name: 'add' } });
    const chunks = [];
    for await (const chunk of await client.chat.completions.create({ ...asked, stream: true })) chunks.push(chunk);
    const streamed = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(streamed.map((each) => each.function?.arguments ?? '').join('')).toBe(
      call!.type === 'function' ? call!.function.arguments : '',
    );
    const answered = await client.chat.completions.create({
      model,
      tools,
      messages: [...hello, message, { role: 'tool', tool_call_id: call!.id, content: '12.5' }],
    });
    expect(answered.choices).toHaveLength(1);
  });

  it('gets JSON of a schema', async () => {
    const { choices } = await client.chat.completions.create({
      ...{ model, messages: hello },
      response_format: { type: 'json_schema', json_schema: { name: 'sum', strict: true, schema } },
    });
    expect(JSON.parse(choices[0]!.message.content!)).toHaveProperty('total');
    expect(simulator.requests[0]!.call.schema).toMatchObject({ required: ['total'] });
  });

  it('shows images', async () => {
    const parts = [png, png].map((url) => ({
      type: 'image_url' as const,
      image_url: { url, detail: 'high' as const },
    }));
    const content = [{ type: 'text' as const, text: 'What is this?' }, ...parts.slice(0, 1)];
    await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    expect(simulator.requests[0]!.call.images).toBe(1);
    expect(JSON.stringify(simulator.requests[0]!.body)).toContain(png.slice(22));
    if (model === passed) {
      await client.chat.completions.create({ model, messages: [{ role: 'user', content: parts }] });
      expect(simulator.requests[1]!.call.images).toBe(2);
    }
  });

  it('is refused an address inside the network, and no provider hears of it', async () => {
    const image = { type: 'image_url' as const, image_url: { url: `${simulator.url}/page.png` } };
    const asked = client.chat.completions.create({ model, messages: [{ role: 'user', content: [image] }] });
    const { status, code, message } = await refusalOf(asked);
    expect([status, code, message]).toEqual([400, 'invalid_image_url', expect.stringContaining('public internet')]);
    expect(simulator.requests).toHaveLength(0);
  });

  it('is told a refused request as 400, and an answer that is no answer as 502', async () => {
    simulator.script({ behaviour: { kind: 'refuse', as: 'bad-request' }, times: 1 });
    expect((await refusalOf(client.chat.completions.create({ model, messages: hello }))).status).toBe(400);
    simulator.reset();
    simulator.script({ behaviour: { kind: 'malformed-body' }, times: 1 });
    expect((await refusalOf(client.chat.completions.create({ model, messages: hello }))).status).toBe(502);
  });

  it.each(['reset', 'end'] as const)('is never told that a stream that was cut (%s) is over', async (how) => {
    simulator.script({ behaviour: { kind: 'cut', how }, times: 1 });
    const reading = async () => {
      let pieces = 0;
      for await (const chunk of await client.chat.completions.create({ model, messages: hello, stream: true })) {
        pieces += chunk.choices.length;
      }
      return pieces;
    };
    await expect(reading()).rejects.toThrow(/broke off/);
  });

  it.each(['reset', 'end'] as const)('gets 502 for a whole answer that was cut (%s)', async (how) => {
    simulator.script({ behaviour: { kind: 'cut', how }, times: 1 });
    const error = await refusalOf(client.chat.completions.create({ model, messages: hello }));
    expect([error.status, error.code]).toEqual([502, 'upstream_cut']);
  });
});

describe('the body that is passed through', () => {
  it('reaches the provider as it came, but for the name of the model', async () => {
    const body = `{ "x_unknown":[1.0,{"model":"y"}], "messages":[{"role":"user","content":"\\u0041 \\"model\\""}],
      "model" : "${passed}" ,"seed":1e2}`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, { method: 'POST', headers, body });
    expect(response.status).toBe(200);
    const [seen] = simulator.requests;
    expect(seen!.body).toEqual({ ...(JSON.parse(body) as object), model: 'gpt-5.4-mini-2026-03-17' });
    expect(seen!.headers['content-length']).toBe(
      String(body.length - passed.length + 'gpt-5.4-mini-2026-03-17'.length),
    );
    expect(seen!.headers.authorization).toBe('Bearer simulated');
  });
});

describe('large bodies, with room for two', () => {
  it.each([
    ['whole, passed through', passed, false],
    ['in a stream, passed through', passed, true],
    ['whole, translated', translated, false],
  ])('are all answered %s, each with its own bytes', async (_how, model, stream) => {
    const own = await startGateway({
      WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
      WAYBILL_GATEWAY_BODY_ROOM_BYTES: '1048576',
    });
    try {
      simulator.script({ behaviour: { kind: 'slow', ms: 200 } });
      const asking = openAiClient(own.baseUrl);
      const urls = Array.from(
        { length: 8 },
        (_, index) => `data:image/png;base64,${Buffer.alloc(300_000, index).toString('base64')}`,
      );
      await Promise.all(
        urls.map(async (url) => {
          const messages = [{ role: 'user' as const, content: [{ type: 'image_url' as const, image_url: { url } }] }];
          if (!stream) return await asking.chat.completions.create({ model, messages });
          for await (const { choices } of await asking.chat.completions.create({ model, messages, stream }))
            expect(choices).toHaveLength(1);
        }),
      );
      const seen = simulator.requests.map(({ body }) => JSON.stringify(body));
      for (const url of urls) expect(seen.filter((body) => body.includes(url.slice(22)))).toHaveLength(1);
    } finally {
      await own.stop();
    }
  });
});

describe("Waybill's own names", () => {
  it.each(['waybill/auto', 'waybill/cheap', 'waybill/best'])('%s is answered', async (model) => {
    const { response } = await client.chat.completions.create({ model, messages: hello }).withResponse();
    expect(response.headers.get('x-waybill-route')).toContain(`asked=${model}; tried=1`);
  });

  it('go on to another model when one is overloaded', async () => {
    const first = await client.chat.completions.create({ model: 'waybill/auto', messages: hello }).withResponse();
    const chosen = first.response.headers.get('x-waybill-model')!;
    simulator.script({ behaviour: { kind: 'refuse', as: 'overloaded' }, model: chosen.slice(chosen.indexOf('/') + 1) });
    const { response } = await client.chat.completions
      .create({ model: 'waybill/auto', messages: hello })
      .withResponse();
    expect(response.headers.get('x-waybill-model')).not.toBe(chosen);
    expect(response.headers.get('x-waybill-route')).toContain('tried=2');
  });

  it('stand in the list of models', async () => {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(['waybill/auto', passed, translated]));
    expect(await client.models.retrieve(passed)).toMatchObject({ id: passed, object: 'model' });
    expect((await refusalOf(client.models.retrieve('nobody/none'))).status).toBe(404);
  });
});

describe('refusals', () => {
  it('name the model that is not there', async () => {
    const error = await refusalOf(client.chat.completions.create({ model: 'gpt-0', messages: hello }));
    expect([error.status, error.code, error.param]).toEqual([404, 'model_not_found', 'model']);
  });

  it.each([
    ['{', 400, 'invalid_json'],
    ['{"model":"waybill/auto"}', 400, 'invalid_request'],
    ['{"messages":[]}', 400, 'invalid_request'],
    [
      `{"model":"${translated}","messages":[{"role":"user","content":"x"}],"logprobs":true}`,
      400,
      'unsupported_parameter',
    ],
  ])('are sentences: %s', async (body, status, code) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\.$/) } });
  });

  it('are given to unknown keys and to bodies that are too large', async () => {
    const keyed = await startGateway({
      WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
      WAYBILL_GATEWAY_KEYS: 'acme:sk-0123456789abcdef',
      WAYBILL_GATEWAY_MAX_BODY_BYTES: '2000',
    });
    try {
      const ask = (apiKey: string, content: string) =>
        openAiClient(keyed.baseUrl, { apiKey }).chat.completions.create({
          ...{ model: passed, messages: [{ role: 'user', content }] },
        });
      expect((await refusalOf(ask('wrong', 'x'))).status).toBe(401);
      expect((await refusalOf(ask('sk-0123456789abcdef', 'x'.repeat(3_000)))).status).toBe(413);
      expect((await ask('sk-0123456789abcdef', 'x')).choices).toHaveLength(1);
    } finally {
      await keyed.stop();
    }
  });

  it('say when to ask again where nobody can answer', async () => {
    const own = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url });
    const asking = openAiClient(own.baseUrl);
    try {
      simulator.script({ behaviour: { kind: 'refuse', as: 'rate-limited', retryAfterS: 120 } });
      const ask = () => refusalOf(asking.chat.completions.create({ model: 'waybill/auto', messages: hello }));
      let asked = -1;
      while (simulator.requests.length > asked) {
        asked = simulator.requests.length;
        const error = await ask();
        expect([error.status, error.code]).toEqual([429, 'rate_limit_exceeded']);
        expect(Number(error.headers!.get('retry-after'))).toBeGreaterThan(60);
      }
      expect(asked).toBeGreaterThanOrEqual(3);
    } finally {
      await own.stop();
    }
  });

  it('tell when a rate limit ends', async () => {
    const own = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url });
    const asking = openAiClient(own.baseUrl);
    try {
      simulator.script({ behaviour: { kind: 'refuse', as: 'rate-limited', retryAfterS: 120 }, times: 1 });
      for (const requests of [1, 1]) {
        const error = await refusalOf(asking.chat.completions.create({ model: passed, messages: hello }));
        expect([error.status, error.code]).toEqual([429, 'rate_limit_exceeded']);
        expect(Number(error.headers!.get('retry-after'))).toBeGreaterThan(60);
        expect(simulator.requests).toHaveLength(requests);
      }
    } finally {
      await own.stop();
    }
  });
});
