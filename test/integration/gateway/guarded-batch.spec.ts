import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { migrate } from '@waybill/persistence';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import type OpenAI from 'openai';
import { createTestDatabase, temporaryFolder, type TemporaryFolder, type TestDatabase } from '../../support/index.js';
import { openAiClient } from '../../support/openai-client.js';
import { startOtlpReceiver, type OtlpReceiver } from '../../support/otlp-receiver.js';
import { beginBatch, chatLine, rowsOf } from './batch-lines.js';
import { tracedTo } from './traced-to.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const model = 'openai/gpt-5.4-mini';
const mail = 'jane.roe@quellmark.example';
const token = `ghp_${'a1B2c3D4e5F6g7H8i9'.repeat(2)}`;
const policy = {
  version: 1,
  rules: [
    { guardrail: 'personal-data', kinds: ['email'], do: 'redact' },
    { guardrail: 'secrets', do: 'block' },
  ],
};

let receiver: OtlpReceiver;
let simulator: ModelSimulator;
let database: TestDatabase;
let folder: TemporaryFolder;
let gateway: TestGateway;
let client: OpenAI;

beforeAll(async () => {
  [receiver, simulator] = await Promise.all([startOtlpReceiver(), startModelSimulator()]);
  database = await createTestDatabase();
  await migrate(database.url);
  folder = await temporaryFolder('guarded-batch');
  const path = join(folder.path, 'guardrails.json');
  await writeFile(path, JSON.stringify(policy));
  const variables = {
    WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
    WAYBILL_GUARDRAILS: path,
    WAYBILL_EXPIRY_SWEEP_MS: '100',
    DATABASE_URL: database.url,
  };
  gateway = await tracedTo(receiver, () => startGateway(variables));
  client = openAiClient(gateway.baseUrl, { tenant: 'acme' });
});
afterAll(async () => {
  await gateway?.stop();
  await simulator?.close();
  await receiver?.close();
  await folder?.remove();
  await database?.drop();
});

interface Row {
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly body: OpenAI.ChatCompletion & { error?: object } } | null;
}

/** Polls, as the clients of this API do. */
async function completed(id: string): Promise<OpenAI.Batch> {
  for (;;) {
    const batch = await client.batches.retrieve(id);
    if (batch.status === 'completed') return batch;
    await pause(20);
  }
}

const saying = (customId: string, content: string) =>
  chatLine(customId, { model, messages: [{ role: 'user', content }] });

it('hides, restores and blocks in the lines of a batch as in chats, and traces each line', async () => {
  // Whoever answers sees placeholders only, and speaks of them.
  simulator.script({ behaviour: { kind: 'answer', text: 'I wrote to [EMAIL_1].' } });
  const id = await beginBatch(client, [
    saying('hidden', `Write back to ${mail} today.`),
    saying('blocked', `Deploy with ${token} now.`),
    saying('plain', 'What is the total? TOTAL 12.50'),
  ]);
  const { output_file_id, error_file_id, request_counts } = await completed(id);
  expect(request_counts).toEqual({ total: 3, completed: 2, failed: 1 });

  const sent = JSON.stringify(simulator.requests.map(({ body }) => body));
  expect(simulator.requests).toHaveLength(2);
  expect(sent).not.toContain(mail);
  expect(sent).not.toContain(token);
  expect(sent).toContain('[EMAIL_1]');

  const answers = new Map((await rowsOf<Row>(client, output_file_id)).map((row) => [row.custom_id, row.response!]));
  expect([...answers.keys()]).toEqual(['hidden', 'plain']);
  expect(answers.get('hidden')!.body.choices[0]!.message.content).toBe(`I wrote to ${mail}.`);
  const [refused, ...others] = await rowsOf<Row>(client, error_file_id);
  expect(others).toEqual([]);
  expect(refused).toMatchObject({
    custom_id: 'blocked',
    response: { status_code: 400, body: { error: { code: 'guardrail_blocked' } } },
  });

  const isLine = ({ name }: { name: string }) => name === 'process gateway-answer-line';
  await receiver.until((spans) => spans.filter(isLine).length === 3);
  const chats = receiver.spans.filter(({ name }) => name === 'answer chat');
  const lines = new Set(receiver.spans.filter(isLine).map(({ spanId }) => spanId));
  expect(chats.map(({ parentSpanId }) => lines.has(parentSpanId!))).toEqual([true, true, true]);
});
