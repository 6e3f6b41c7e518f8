import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  receiptsPurgeViewSchema,
  routeViewSchema,
  type AuditListView,
  type RouteView,
  type UsageView,
} from '@waybill/contracts';
import { Database } from '@waybill/persistence';
import { type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import { patientDatabase } from '../../support/index.js';
import { openAiClient } from '../../support/openai-client.js';
import { startResults, type RunningResults } from '../results/start-results.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const passed = 'openai/gpt-5.4-mini';
const translated = 'anthropic/claude-haiku-4-5';
const messages = [{ role: 'user' as const, content: 'What is the total? TOTAL 12.50' }];
const key = { WAYBILL_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') };

let simulator: ModelSimulator;
let results: RunningResults;
let gateway: TestGateway;
let database: Database;
let client: OpenAI;

beforeAll(async () => {
  simulator = await startModelSimulator();
  results = await startResults(key);
  database = new Database(results.databaseUrl, patientDatabase);
  gateway = await startGateway({
    ...key,
    WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
    WAYBILL_GATEWAY_LEDGER: 'postgres',
    DATABASE_URL: results.databaseUrl,
    NATS_URL: results.nats.url,
  });
  client = openAiClient(gateway.baseUrl, { tenant: 'acme' });
});
afterAll(async () => {
  await gateway?.stop();
  await database?.close();
  await results?.stop();
  await simulator?.close();
});
beforeEach(() => simulator.reset());

/** The receipt, as soon as it is written: it comes after the answer. */
async function receiptOf(id: string): Promise<RouteView> {
  for (;;) {
    const answer = await results.get(`/v1/jobs/${id}/route`);
    if (answer.status === 200) return routeViewSchema.parse(await answer.json());
    expect(answer.status).toBe(404);
    await pause(20);
  }
}

/** The stand-in repeats the ids of its answers, as some servers do; those of requests are the gateway's own. */
async function ask(model: string) {
  const {
    data,
    response,
    request_id: chatId,
  } = await client.chat.completions.create({ model, messages }).withResponse();
  return { data, headers: response.headers, chatId: chatId! };
}

/** What was paid for a chat, once it is booked. */
async function bookedFor(chatId: string, headers: Record<string, string> = {}): Promise<UsageView['totals']> {
  for (;;) {
    const { totals } = (await (await results.get(`/v1/usage?job=${chatId}`, { headers })).json()) as UsageView;
    if (totals.calls > 0) return totals;
    await pause(20);
  }
}

const attemptsOf = ({ documents }: RouteView) => documents.flatMap(({ attempts }) => attempts);

async function refusalOf(call: Promise<unknown>): Promise<APIError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(APIError);
  return error as APIError;
}

describe.each([
  ['passed through', passed],
  ['translated', translated],
])('a chat of the official SDK, %s', (_how, model) => {
  it('has a receipt under the id of its answer, and under that of its request, which its money is booked under', async () => {
    const { data, headers, chatId } = await ask(model);
    const receipt = await receiptOf(chatId);
    expect(await receiptOf(data.id)).toEqual(receipt);
    expect(receipt).toMatchObject({ id: chatId, status: 'completed', documents: [{ document: 0 }] });
    expect(receipt.chat).toMatchObject({ completion: data.id, asked: model, stream: false });
    const [attempt, ...others] = attemptsOf(receipt);
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({
      ...{ model: headers.get('x-waybill-model'), simulated: true, outcome: 'answered', asked: [] },
      usage: { inputTokens: data.usage!.prompt_tokens, outputTokens: data.usage!.completion_tokens },
      costUsd: Number(headers.get('x-waybill-cost-usd')),
    });
    expect(attempt!.estimate.inputTokens.most).toBeGreaterThanOrEqual(data.usage!.prompt_tokens);
    // Only one was named, so all others were passed over for that.
    expect(attempt!.exclusions.find(({ code }) => code === 'list')!.models).toBeGreaterThan(1);
    expect((await bookedFor(chatId)).costUsd).toBe(attempt!.costUsd);
  });

  it('has one when it was streamed, and when its client went away in the middle', async () => {
    for (const isLeft of [false, true]) {
      const asking = client.chat.completions.create({ model, messages, stream: true }).withResponse();
      const { data: stream, request_id: chatId } = await asking;
      const ids = new Set<string>();
      for await (const { id } of stream) {
        ids.add(id);
        if (isLeft) stream.controller.abort();
      }
      const receipt = await receiptOf(chatId!);
      expect(receipt.chat).toMatchObject({ completion: [...ids][0], stream: true });
      // What was sent whole before its client was gone was answered.
      const ends = isLeft ? ['completed answered', 'cancelled abandoned'] : ['completed answered'];
      expect(ends).toContain(`${receipt.status} ${attemptsOf(receipt)[0]!.outcome}`);
    }
  });
});

describe('a chat that leaves the choice open', () => {
  it('tells who was asked, who was passed over and why, and where it went when that one failed', async () => {
    simulator.script({ behaviour: { kind: 'refuse', as: 'overloaded' }, times: 1 });
    const receipt = await receiptOf((await ask('waybill/auto')).chatId);
    const [failed, answered] = attemptsOf(receipt);
    expect(failed).toMatchObject({ outcome: 'overloaded', costUsd: 0, reason: expect.any(String) });
    expect(failed!.next.length).toBeGreaterThan(0);
    expect(answered).toMatchObject({ outcome: 'answered', difficulty: { score: 0.5 } });
    expect(answered!.model).not.toBe(failed!.model);
    expect(failed!.exclusions.map(({ code }) => code)).not.toContain('asked');
    expect(answered!.exclusions.map(({ code }) => code)).toContain('asked');
  });

  it('has a receipt that says why, when nobody answered', async () => {
    simulator.script({ behaviour: { kind: 'refuse', as: 'bad-request' } });
    const refusal = await refusalOf(client.chat.completions.create({ model: passed, messages }));
    const receipt = await receiptOf(refusal.requestID!);
    expect(receipt).toMatchObject({ status: 'failed', chat: { asked: passed, reason: expect.any(String) } });
    expect(receipt.chat?.completion).toBeUndefined();
    expect(attemptsOf(receipt)).toMatchObject([{ model: expect.stringContaining(passed), outcome: 'bad-request' }]);
  });
});

describe('a receipt', () => {
  it('is of its tenant: another is told the same as of one that nobody has', async () => {
    const { data, chatId } = await ask(passed);
    await receiptOf(chatId);
    const told = async (asked: string) => {
      const answer = await results.get(`/v1/jobs/${asked}/route`, { headers: { 'waybill-tenant': 'stranger' } });
      return [answer.status, (await answer.text()).replaceAll(asked, 'ID')];
    };
    const ofNobody = await told('nobodys');
    expect(ofNobody[0]).toBe(404);
    expect(await told(data.id)).toEqual(ofNobody);
    expect(await told(chatId)).toEqual(ofNobody);
  });

  it('is encrypted where the operator has a master key, and is gone after a purge', async () => {
    const { chatId: id } = await ask(passed);
    await receiptOf(id);
    const rows = await database.execute<{ receipt: object }>('SELECT receipt FROM chat_receipts', []);
    for (const { receipt } of rows) expect(Object.keys(receipt)).toEqual(['sealed']);
    const purge = async () => (await results.get(`/v1/jobs/${id}?purge=true`, { method: 'DELETE' })).status;
    expect(await purge()).toBe(200);
    expect((await results.get(`/v1/jobs/${id}/route`)).status).toBe(404);
    expect(await purge()).toBe(404);
  });

  it('goes with the others of its tenant that began before a moment, and its money stays', async () => {
    const rowsOf = (tenant: string) =>
      database.execute<{ id: string; at: Date }>(
        'SELECT chat_id AS id, at FROM chat_receipts WHERE tenant = $1 ORDER BY at',
        [tenant],
      );
    const askAs = async (tenant: string) => {
      const { length } = await rowsOf(tenant);
      await openAiClient(gateway.baseUrl, { tenant }).chat.completions.create({ model: passed, messages });
      while ((await rowsOf(tenant)).length === length) await pause(20);
    };
    for (const tenant of ['staying', 'leaving', 'leaving']) await askAs(tenant);
    const [older, newer] = await rowsOf('leaving');
    const headers = { 'waybill-tenant': 'leaving' };
    const path = `/v1/receipts?before=${newer!.at.toISOString()}`;
    const answer = await results.get(path, { method: 'DELETE', headers });
    expect(receiptsPurgeViewSchema.parse(await answer.json()).removed).toEqual({ receipts: 1 });
    expect(await rowsOf('leaving')).toEqual([newer]);
    expect(await rowsOf('staying')).toHaveLength(1);
    expect((await bookedFor(older!.id, headers)).calls).toBe(1);
    const { entries } = (await (await results.get('/v1/audit?limit=1', { headers })).json()) as AuditListView;
    expect(entries).toMatchObject([{ action: 'purge', path: '/v1/receipts', removed: { receipts: 1 } }]);
    expect((await results.get('/v1/receipts', { method: 'DELETE', headers })).status).toBe(400);
  });
});
