import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { type APIError } from 'openai';
import { type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';

let simulator: ModelSimulator;
beforeAll(async () => {
  simulator = await startModelSimulator();
});
afterAll(() => simulator.close());

type Properties = Readonly<Record<string, object>>;
const closed = (properties: Properties) => ({
  ...{ type: 'object' as const, properties, required: Object.keys(properties), additionalProperties: false },
});
const refusalOf = async (call: Promise<unknown>): Promise<APIError> => {
  const caught = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (caught instanceof Error) return caught as APIError;
  throw new Error('a refusal was expected');
};

it('OpenAI refuses schemas that strict answers cannot have, with the place', async () => {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${simulator.url}/v1`, maxRetries: 0 });
  const refusal = async (schema: Record<string, unknown>, strict = true) =>
    await refusalOf(
      client.responses.create({
        ...{ model: 'gpt-5.4-mini', input: 'TOTAL 3.00' },
        text: { format: { type: 'json_schema', name: 'receipt', strict, schema } },
      }),
    );
  const open = await refusal({ type: 'object', properties: { total: { type: 'number' } } });
  expect(open).toMatchObject({ status: 400, code: 'invalid_json_schema', param: 'text.format.schema' });
  expect(open.message).toContain("In context=(), 'additionalProperties' is required to be supplied and to be false.");
  const optional = closed({ buyer: { ...closed({ name: { type: 'string' } }), required: [] } });
  expect((await refusal(optional)).message).toContain("In context=('properties', 'buyer'), 'required' is required");
  expect((await refusal(closed({ tags: { type: 'array', items: {}, uniqueItems: true } }))).message).toContain(
    "'uniqueItems' is not permitted",
  );
  await expect(refusal(optional, false)).rejects.toThrow('a refusal was expected');
});

it('Anthropic refuses schemas with bounds, and with too many places that may be null', async () => {
  const client = new Anthropic({ apiKey: 'sk-ant-test', baseURL: simulator.url, maxRetries: 0 });
  const refusal = async (properties: Properties) => {
    const messages = [{ role: 'user' as const, content: 'TOTAL 3.00' }];
    const format = { type: 'json_schema' as const, schema: closed(properties) };
    const asked = { model: 'claude-haiku-4-5', max_tokens: 500, messages, output_config: { format } };
    return (await refusalOf(client.messages.create(asked))).message;
  };
  expect(await refusal({ total: { type: 'number', minimum: 0 } })).toContain("For 'number' type, property 'minimum'");
  const many = Array.from({ length: 17 }, (_, at) => [`n${at}`, { type: ['number', 'null'] }] as const);
  expect(await refusal(Object.fromEntries(many))).toContain('too many parameters with union types (17');
});

it.each([
  ['mistral', { day: { type: 'string', format: 'date' } }, 'Received unsupported keyword `format` in schema.'],
  ['groq', { rows: { type: 'array', items: {}, minItems: 1 } }, 'minItems is not supported'],
  ['xai', { code: { type: 'string', maxLength: 2 } }, 'Unsupported keyword: maxLength'],
  ['vllm', { half: { type: 'number', multipleOf: 0.5 } }, 'features not supported by xgrammar'],
])('%s refuses in its own words, whatever is said of strictness', async (name, properties, sentence) => {
  const ask = async (schema: Record<string, unknown>) => {
    const response_format = { type: 'json_schema', json_schema: { name: 'receipt', schema } };
    const messages = [{ role: 'user', content: 'TOTAL 3.00' }];
    return await fetch(`${simulator.url}/${name}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'a-model', messages, response_format }),
    });
  };
  const refused = await ask(closed(properties));
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(sentence)]);
  expect((await ask(closed({ total: { type: 'number' } }))).status).toBe(200);
});
