import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EmbeddedServer } from '@waybill/embedded-servers';
import { Database, migrate } from '@waybill/persistence';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import { patientDatabase, startTestNats, startTestPostgres } from '../../support/index.js';
import { openAiClient } from '../../support/openai-client.js';
import { beginBatch, chatLine, rowsOf } from './batch-lines.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const answering = 'openai/gpt-5.4-mini';
const silent = 'openai/gpt-5.5-2026-04-23';

let simulator: ModelSimulator;
let nats: EmbeddedServer;
let postgres: EmbeddedServer;
let gateway: TestGateway;
let client: OpenAI;

beforeEach(async () => {
  simulator = await startModelSimulator();
  nats = await startTestNats();
  postgres = await startTestPostgres();
  await migrate(postgres.url);
  gateway = await startGateway({
    ...{ NATS_URL: nats.url, DATABASE_URL: postgres.url, WAYBILL_MODEL_SIMULATOR_URL: simulator.url },
    ...{ WAYBILL_GATEWAY_LEDGER: 'postgres', WAYBILL_GATEWAY_TIMEOUT_MS: '10000', WAYBILL_GATEWAY_BATCH_LINES: '4' },
    ...{ WAYBILL_EXPIRY_SWEEP_MS: '100', WAYBILL_ACK_WAIT_MS: '1000' },
  });
  client = openAiClient(gateway.baseUrl);
});
afterEach(async () => {
  await gateway?.stop();
  await postgres?.stop();
  await nats?.stop();
  await simulator?.close();
});

interface Row {
  readonly id: string;
  readonly custom_id: string;
  readonly response: { readonly status_code: number } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const lineOf = (index: number, model: string): object => chatLine(`line-${index}`, { model });

/** Polls, as the clients of this API do; while a server is away the door says 503. */
async function until(id: string, isSo: (batch: OpenAI.Batch) => boolean): Promise<OpenAI.Batch> {
  for (;;) {
    const batch = await client.batches.retrieve(id).catch((error: unknown) => {
      if (error instanceof APIError && error.status === 503) return undefined;
      throw error;
    });
    if (batch && isSo(batch)) return batch;
    await pause(20);
  }
}

/** Invariant: who never answers a line ends that line alone; it is counted once. */
it('puts a line that is never answered into the error file when the time of the batch is over', async () => {
  simulator.script({ behaviour: { kind: 'hang' }, model: silent.slice('openai/'.length) });
  const lines = [0, 1, 2, 3, 4].map((index) => lineOf(index, index === 2 ? silent : answering));
  const id = await beginBatch(client, lines);
  await until(id, ({ request_counts }) => request_counts!.completed === 4);
  const asked = () => simulator.requests.filter(({ call }) => silent.endsWith(call.model)).length;
  while (asked() < 1) await pause(20);
  const books = new Database(postgres.url, { poolSize: 1, ...patientDatabase });
  await books.execute('UPDATE batches SET expires_at = now() WHERE id = $1', [id]);
  await books.close();
  const batch = await until(id, ({ status }) => status === 'expired');
  expect(batch.request_counts).toEqual({ total: 5, completed: 4, failed: 1 });
  expect((await rowsOf<Row>(client, batch.output_file_id)).map((row) => row.custom_id)).toEqual([
    ...['line-0', 'line-1', 'line-3', 'line-4'],
  ]);
  const rows = await rowsOf<Row>(client, batch.error_file_id);
  expect(rows).toEqual([
    {
      ...{ id: expect.stringMatching(/^batch_req_/), custom_id: 'line-2', response: null },
      error: { code: 'batch_expired', message: expect.stringMatching(/completion window expired\.$/) },
    },
  ]);
});

/** Invariant: whatever a batch stands on comes and goes, each of its lines stands in its output once. */
it('goes on after a restart of nats-server and one of Postgres', async () => {
  const lineCount = 40;
  simulator.script({ behaviour: { kind: 'slow', ms: 100 } });
  const id = await beginBatch(
    client,
    Array.from({ length: lineCount }, (_, index) => lineOf(index, answering)),
  );
  for (const [share, server] of [
    [1 / 4, nats],
    [1 / 2, postgres],
  ] as const) {
    while (simulator.requests.length < lineCount * share) await pause(10);
    await server.kill();
    await server.restart();
  }
  const batch = await until(id, ({ status }) => status === 'completed');
  expect(batch.request_counts).toEqual({ total: lineCount, completed: lineCount, failed: 0 });
  expect(batch.error_file_id).toBeNull();
  const ids = (await rowsOf<Row>(client, batch.output_file_id)).map((row) => row.custom_id);
  expect(ids).toEqual(Array.from({ length: lineCount }, (_, index) => `line-${index}`));
});
