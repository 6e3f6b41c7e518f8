import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { loadEnvironment } from '@waybill/platform';
import { migrate } from '@waybill/persistence';
import { startModelSimulator } from '@waybill/provider-simulator';
import type OpenAI from 'openai';
import { createTestDatabase, startService, startTestNats } from '../../support/index.js';
import { openAiClient } from '../../support/openai-client.js';
import { beginBatch, chatLine, rowsOf } from './batch-lines.js';
import { provisionStreams } from './start-gateway.js';

const lineCount = 60;
const linesAtOnce = 4;
const model = 'openai/gpt-5.4-mini';

/** Invariant: whatever dies, each line of a batch stands in its output once. */
it('ends a batch whose gateway is killed twice, without losing or doubling a line', async () => {
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const simulator = await startModelSimulator();
    closers.push(() => simulator.close());
    const nats = await startTestNats();
    closers.push(() => nats.stop());
    const database = await createTestDatabase();
    closers.push(() => database.drop());
    const env = {
      ...{ NATS_URL: nats.url, DATABASE_URL: database.url, WAYBILL_MODEL_SIMULATOR_URL: simulator.url },
      ...{ WAYBILL_AUTH: 'none', WAYBILL_ACK_WAIT_MS: '2500', WAYBILL_GATEWAY_BATCH_LINES: String(linesAtOnce) },
      ...{ WAYBILL_PORT: '0', WAYBILL_EXPIRY_SWEEP_MS: '200' },
    };
    await migrate(database.url);
    await provisionStreams(loadEnvironment(env));
    let gateway = await startService('gateway', { env });
    closers.push(() => gateway.stop());
    const clientNow = (): OpenAI => openAiClient(`${gateway.url}/v1`);

    simulator.script({ behaviour: { kind: 'slow', ms: 50 } });
    const lines = Array.from({ length: lineCount }, (_, index) => chatLine(`line-${index}`, { model }));
    const id = await beginBatch(clientNow(), lines);

    for (const share of [1 / 4, 1 / 2]) {
      while (simulator.requests.length < lineCount * share) await pause(10);
      await gateway.kill();
      gateway = await startService('gateway', { env });
    }
    let batch = await clientNow().batches.retrieve(id);
    for (; batch.status !== 'completed'; batch = await clientNow().batches.retrieve(id)) await pause(50);

    expect(batch.request_counts).toEqual({ total: lineCount, completed: lineCount, failed: 0 });
    expect(batch.error_file_id).toBeNull();
    const rows = await rowsOf<{ readonly custom_id: string }>(clientNow(), batch.output_file_id);
    const ids = rows.map((row) => row.custom_id);
    expect(ids).toEqual(Array.from({ length: lineCount }, (_, index) => `line-${index}`));
    // Asked again was only what was under way when its worker died.
    expect(simulator.requests.length).toBeLessThanOrEqual(lineCount + 2 * linesAtOnce);
  } finally {
    for (const close of closers.reverse()) await close();
  }
});
