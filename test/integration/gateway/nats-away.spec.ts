import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startModelSimulator } from '@waybill/provider-simulator';
import type { APIError } from 'openai';
import { startTestNats, temporaryFolder } from '../../support/index.js';
import { openAiClient } from '../../support/openai-client.js';
import { startGateway } from './start-gateway.js';

const model = 'openai/gpt-5.4-mini-2026-03-17';
const messages = [{ role: 'user' as const, content: 'What is the total? TOTAL 12.50' }];
const perMinute = 40;

interface Readiness {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly ready: boolean; readonly need?: string }[];
}

/** Invariant: without NATS the door answers chats by what it knows itself, within the limits, and says so. */
it('answers on while NATS is away, and keeps the limits of what it knows', async () => {
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const simulator = await startModelSimulator();
    closers.push(() => simulator.close());
    const folder = await temporaryFolder('nats-away');
    closers.push(() => folder.remove());
    const overlay = join(folder.path, 'overlay.json');
    await writeFile(overlay, JSON.stringify({ models: [{ id: model, limits: { requestsPerMinute: perMinute } }] }));
    const nats = await startTestNats();
    closers.push(() => nats.stop());
    const gateway = await startGateway({
      ...{ NATS_URL: nats.url, WAYBILL_MODEL_SIMULATOR_URL: simulator.url, WAYBILL_CATALOG_OVERLAY: overlay },
    });
    closers.push(() => gateway.stop());
    const client = openAiClient(gateway.baseUrl);
    const ask = () => client.chat.completions.create({ model, messages });
    const readiness = async () => {
      const reply = await fetch(gateway.baseUrl.replace(/v1$/, 'readyz'));
      return { code: reply.status, ...((await reply.json()) as Readiness) };
    };
    await ask();
    expect((await readiness()).checks.find(({ name }) => name === 'nats')).toMatchObject({ ready: true });

    await nats.stop();
    expect((await ask()).choices).toHaveLength(1);
    const away = await readiness();
    expect(away).toMatchObject({ code: 200, status: 'ready' });
    expect(away.checks.find(({ name }) => name === 'nats')).toMatchObject({ ready: false, need: 'useful' });

    const answers = await Promise.allSettled(Array.from({ length: perMinute }, ask));
    const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason as APIError] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const { status } of refused) expect(status).toBe(429);
    expect(simulator.requests.length).toBeLessThanOrEqual(perMinute);
    const upload = client.files.create({ file: new File(['{}'], 'a.jsonl'), purpose: 'batch' });
    await expect(upload).rejects.toMatchObject({ status: 503 });
  } finally {
    for (const close of closers.reverse()) await close();
  }
});
