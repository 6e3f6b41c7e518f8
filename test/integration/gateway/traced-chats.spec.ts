import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import { openAiClient } from '../../support/openai-client.js';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '../../support/otlp-receiver.js';
import { tracedTo } from './traced-to.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const passed = 'openai/gpt-5.4-mini';
const translated = 'anthropic/claude-haiku-4-5';
const messages = [{ role: 'user' as const, content: 'What is the total? TOTAL 12.50' }];
const parentSpanId = 'cd'.repeat(8);

let receiver: OtlpReceiver;
let simulator: ModelSimulator;
let gateway: TestGateway;
let client: OpenAI;
let traces = 0;

beforeAll(async () => {
  [receiver, simulator] = await Promise.all([startOtlpReceiver(), startModelSimulator()]);
  gateway = await tracedTo(receiver, () => startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url }));
  client = openAiClient(gateway.baseUrl, { tenant: 'acme' });
});
afterAll(async () => {
  await gateway?.stop();
  await simulator?.close();
  await receiver?.close();
});
beforeEach(() => simulator.reset());

/** A trace of its own for each chat. */
function newTrace(): { readonly traceId: string; readonly headers: { readonly traceparent: string } } {
  traces += 1;
  const traceId = traces.toString(16).padStart(32, 'a');
  return { traceId, headers: { traceparent: `00-${traceId}-${parentSpanId}-01` } };
}

/** The chat's own span, and those of its calls, once they were sent. */
async function spansOf(traceId: string): Promise<{ chat: ReceivedSpan; calls: ReceivedSpan[] }> {
  const isOfChat = (span: ReceivedSpan) => span.traceId === traceId && span.name === 'answer chat';
  await receiver.until((spans) => spans.some(isOfChat));
  const chat = receiver.spans.find(isOfChat)!;
  return { chat, calls: receiver.spans.filter((span) => span.parentSpanId === chat.spanId) };
}

it.each([passed, translated])('tells of a chat and of its call below the client’s trace: %s', async (model) => {
  const { traceId, headers } = newTrace();
  const { data, response } = await client.chat.completions.create({ model, messages }, { headers }).withResponse();
  const { chat, calls } = await spansOf(traceId);
  const cost = Number(response.headers.get('x-waybill-cost-usd'));
  expect(chat).toMatchObject({ service: 'waybill-gateway', parentSpanId });
  expect(chat.attributes).toMatchObject({ 'waybill.tenant': 'acme', 'waybill.calls': 1, 'waybill.cost.usd': cost });
  expect(calls).toHaveLength(1);
  const answeredBy = response.headers.get('x-waybill-model')!;
  expect(calls[0]!.name).toBe(`chat ${answeredBy}`);
  expect(calls[0]!.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': model.split('/')[0],
    'gen_ai.request.model': answeredBy,
    'gen_ai.usage.input_tokens': data.usage!.prompt_tokens,
    'gen_ai.usage.output_tokens': data.usage!.completion_tokens,
    'waybill.route.outcome': 'answered',
    'waybill.cost.usd': cost,
    'waybill.simulated': true,
  });
});

it('tells of a stream when its last piece is gone, and when its first one came', async () => {
  const { traceId, headers } = newTrace();
  const stream = await client.chat.completions.create({ model: passed, messages, stream: true }, { headers });
  for await (const _ of stream);
  const { calls } = await spansOf(traceId);
  expect(calls).toHaveLength(1);
  expect(calls[0]!.attributes['waybill.route.outcome']).toBe('answered');
  expect(calls[0]!.attributes['waybill.first_piece_ms']).toEqual(expect.any(Number));
  expect(calls[0]!.attributes['gen_ai.usage.output_tokens']).toBeGreaterThan(0);
});

it('tells of a call that failed beside the one that answered, and of a chat that nobody answers', async () => {
  simulator.script({ behaviour: { kind: 'refuse', as: 'overloaded' }, times: 1 });
  const followed = newTrace();
  await client.chat.completions.create({ model: 'waybill/auto', messages }, { headers: followed.headers });
  const { chat, calls } = await spansOf(followed.traceId);
  expect(chat.attributes['waybill.calls']).toBe(2);
  expect(calls.map(({ attributes }) => attributes['waybill.route.outcome'])).toEqual(['overloaded', 'answered']);
  expect(calls[0]!.attributes['error.type']).toBe('overloaded');

  simulator.reset();
  simulator.script({ behaviour: { kind: 'refuse', as: 'bad-request' } });
  const refused = newTrace();
  await expect(
    client.chat.completions.create({ model: translated, messages }, { headers: refused.headers }),
  ).rejects.toBeInstanceOf(APIError);
  const alone = await spansOf(refused.traceId);
  expect(alone.calls.map(({ attributes }) => attributes['error.type'])).toEqual(['bad-request']);
  expect(alone.chat.attributes['waybill.cost.usd']).toBe(0);
});
