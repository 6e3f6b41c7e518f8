import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newBatchId } from '@waybill/jobs';
import { Database, migrate } from '@waybill/persistence';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import type OpenAI from 'openai';
import { APIError, toFile } from 'openai';
import { patientDatabase, createTestDatabase, type TestDatabase } from '../../support/index.js';
import { openAiClient } from '../../support/openai-client.js';
import { chatLine, rowsOf } from './batch-lines.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const passed = 'openai/gpt-5.4-mini';
const translated = 'anthropic/claude-haiku-4-5';

let simulator: ModelSimulator;
let database: TestDatabase;
let books: Database;
let gateway: TestGateway;
let client: OpenAI;
let stranger: OpenAI;

beforeAll(async () => {
  simulator = await startModelSimulator();
  database = await createTestDatabase();
  await migrate(database.url);
  books = new Database(database.url, { poolSize: 1, ...patientDatabase });
  gateway = await startGateway({
    WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
    DATABASE_URL: database.url,
    WAYBILL_EXPIRY_SWEEP_MS: '100',
    WAYBILL_GATEWAY_LEDGER: 'postgres',
    WAYBILL_GATEWAY_MAX_FILE_BYTES: '100000',
  });
  client = clientOf('acme');
  stranger = clientOf('beta');
});
afterAll(async () => {
  await gateway?.stop();
  await simulator?.close();
  await books?.close();
  await database?.drop();
});
beforeEach(() => simulator.reset());

const clientOf = (tenant: string): OpenAI => openAiClient(gateway.baseUrl, { tenant });

const upload = (lines: readonly object[]): Promise<OpenAI.FileObject> =>
  uploadText(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

async function uploadText(text: string): Promise<OpenAI.FileObject> {
  return await client.files.create({ file: await toFile(Buffer.from(text), 'requests.jsonl'), purpose: 'batch' });
}

async function begin(lines: readonly object[], completionWindow = '24h'): Promise<OpenAI.Batch> {
  const { id } = await upload(lines);
  return await client.batches.create({
    ...{ endpoint: '/v1/chat/completions', input_file_id: id, metadata: { night: 'one' } },
    completion_window: completionWindow as '24h',
  });
}

/** Polls, as the clients of this API do. */
async function ended({ id }: OpenAI.Batch): Promise<OpenAI.Batch> {
  for (;;) {
    const batch = await client.batches.retrieve(id);
    if (['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) return batch;
    await pause(20);
  }
}

/** Calls that stand in the ledger under the batch, and under who made it: a door that asks for no credential. */
async function booked({ id }: OpenAI.Batch): Promise<number> {
  const statement = `SELECT count(*)::int AS calls FROM ledger WHERE job_id = $1 AND credential = 'none'`;
  const [row] = await books.execute<{ calls: number }>(statement, [id]);
  return row!.calls;
}

interface Row {
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly body: OpenAI.ChatCompletion } | null;
  readonly error: { readonly code: string } | null;
}

const rowsIn = (fileId: string | null | undefined): Promise<Row[]> => rowsOf<Row>(client, fileId);

async function statusOf(call: Promise<unknown>): Promise<number | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(APIError);
  return (error as APIError).status;
}

describe("OpenAI's SDK with another base URL", () => {
  it('uploads, has a batch answered, and downloads what it asked for, once a line', async () => {
    const tools = [{ type: 'function', function: { name: 'add', parameters: { type: 'object' } } }];
    const lines = [
      chatLine('plain', { model: passed }),
      chatLine('elsewhere', { model: translated }),
      chatLine('whoever', { model: 'waybill/cheap' }),
      chatLine('with tools', { model: passed, tools, tool_choice: 'required' }),
      chatLine('wrong', { model: 'nobody/nothing' }),
    ];
    const batch = await begin(lines);
    expect(batch).toMatchObject({ object: 'batch', completion_window: '24h', metadata: { night: 'one' } });
    expect(batch.expires_at! - batch.created_at).toBe(86_400);

    const done = await ended(batch);
    expect(done).toMatchObject({ status: 'completed', request_counts: { total: 5, completed: 4, failed: 1 } });
    const rows = await rowsIn(done.output_file_id);
    expect(rows.map((row) => row.custom_id)).toEqual(['plain', 'elsewhere', 'whoever', 'with tools']);
    for (const { response } of rows) expect(response!.body.object).toBe('chat.completion');
    expect(rows[3]!.response!.body.choices[0]!.message.tool_calls).toHaveLength(1);
    const [failed, ...more] = await rowsIn(done.error_file_id);
    expect(more).toEqual([]);
    expect(failed).toMatchObject({ custom_id: 'wrong', response: { status_code: 404 }, error: null });
    expect(simulator.requests).toHaveLength(4);
    expect(await booked(batch)).toBe(4);
  });

  it('lists and removes files and lists batches, each tenant its own', async () => {
    const [first, second] = [await upload([chatLine('a', { model: passed })]), await upload([chatLine('b', {})])];
    const page = await client.files.list({ limit: 1, purpose: 'batch' });
    expect(page.data.map(({ id }) => id)).toEqual([second.id]);
    expect((await page.getNextPage()).data.map(({ id }) => id)).toEqual([first.id]);
    expect((await client.files.retrieve(first.id)).bytes).toBeGreaterThan(0);
    expect(await statusOf(stranger.files.content(first.id))).toBe(404);
    expect(await statusOf(stranger.files.delete(first.id))).toBe(404);
    const batch = await begin([chatLine('a', { model: passed })]);
    expect((await client.batches.list({ limit: 1 })).data.map(({ id }) => id)).toEqual([batch.id]);
    expect((await stranger.batches.list()).data).toEqual([]);
    expect(await statusOf(stranger.batches.cancel(batch.id))).toBe(404);
    expect(await client.files.delete(first.id)).toMatchObject({ id: first.id, deleted: true });
    expect(await statusOf(client.files.retrieve(first.id))).toBe(404);
    await ended(batch);
  });

  it('is told which lines are wrong before anything is asked', async () => {
    const batch = await begin([
      chatLine('a', { model: passed }),
      chatLine('a', { model: passed }),
      chatLine('c', { model: passed, stream: true }),
      chatLine('d', {}),
    ]);
    const { status, errors, request_counts } = await ended(batch);
    expect(status).toBe('failed');
    expect(errors!.data!.map(({ line, param }) => [line, param])).toEqual([
      [2, 'custom_id'],
      [3, 'stream'],
      [4, 'model'],
    ]);
    expect(request_counts).toMatchObject({ completed: 0 });
    expect(simulator.requests).toHaveLength(0);
  });

  it('is refused what is too large, or for another purpose', async () => {
    const big = chatLine('a', { model: passed, user: 'x'.repeat(120_000) });
    expect(await statusOf(upload([big]))).toBe(413);
    const file = await toFile(Buffer.from('{}'), 'a.jsonl');
    expect(await statusOf(client.files.create({ file, purpose: 'assistants' }))).toBe(400);
    const files = await client.files.list({ purpose: 'assistants' });
    expect(files.data).toEqual([]);
  });

  it('stops a batch: what is under way is answered, the rest is not asked', async () => {
    simulator.script({ behaviour: { kind: 'slow', ms: 4_000 } });
    const batch = await begin(Array.from({ length: 30 }, (_, index) => chatLine(`line-${index}`, { model: passed })));
    while (simulator.requests.length < 8) await pause(10);
    expect((await client.batches.cancel(batch.id)).status).toBe('cancelling');
    const done = await ended(batch);
    expect(done.status).toBe('cancelled');
    expect(done.request_counts).toMatchObject({ total: 30, completed: 8, failed: 22 });
    expect(await rowsIn(done.output_file_id)).toHaveLength(8);
    for (const { error } of await rowsIn(done.error_file_id)) expect(error!.code).toBe('batch_cancelled');
  });

  it('ends a batch when its time is over, with the answers that are there', async () => {
    simulator.script({ behaviour: { kind: 'answer' }, times: 3 }, { behaviour: { kind: 'slow', ms: 4_000 } });
    const batch = await begin(Array.from({ length: 20 }, (_, index) => chatLine(`line-${index}`, { model: passed })));
    while ((await client.batches.retrieve(batch.id)).request_counts!.completed < 3) await pause(10);
    await books.execute('UPDATE batches SET expires_at = now() WHERE id = $1', [batch.id]);
    const done = await ended(batch);
    expect(done).toMatchObject({ status: 'expired', request_counts: { total: 20, completed: 3, failed: 17 } });
    expect(await rowsIn(done.output_file_id)).toHaveLength(3);
    for (const { error } of await rowsIn(done.error_file_id)) expect(error!.code).toBe('batch_expired');
  });

  it('tends a batch that was written down and never queued', async () => {
    const { id } = await upload([chatLine('a', { model: passed })]);
    const longAgo = new Date(Date.now() - 120_000);
    await books.execute(
      `INSERT INTO batches (tenant, id, endpoint, input_file_id, completion_window, status, created_at, changed_at, expires_at)
        VALUES ('acme', $1, '/v1/chat/completions', $2, '24h', 'validating', $3, $3, $4)`,
      [newBatchId(), id, longAgo, new Date(Date.now() + 3_600_000)],
    );
    const [batch] = (await client.batches.list({ limit: 1 })).data;
    expect((await ended(batch!)).status).toBe('completed');
  });
});
