import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everyJobSubject, streams, type JobView, type UsageView } from '@waybill/contracts';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { drawPdf } from '../e2e/support/draw-documents.js';
import {
  patient,
  runWaybill,
  startStack,
  temporaryFolder,
  whenEnded,
  whenRecorded,
  type TemporaryFolder,
  type TestStack,
} from '../support/index.js';
import { beginFaultRun, faultTenant } from './support/fault-run.js';
import { LedgerOfEnds } from './support/ledger-of-ends.js';

const note = ['Delivery note of the Quellmark depot', 'Weight: 412.50', 'It was handed at noon to the courier Okafor'];
const schema = { type: 'object', properties: { weight: { type: 'number' }, courier: { type: 'string' } } };
const headers = { 'waybill-tenant': faultTenant };
const jobsBeforeBackup = 40;
const usageOfJob = '/v1/usage?job=asked-a-model';

let simulator: ModelSimulator;
let folder: TemporaryFolder;

beforeAll(async () => {
  simulator = await startModelSimulator();
  folder = await temporaryFolder('backup');
});
afterAll(async () => {
  await simulator?.close();
  await folder?.remove();
});

const get = async <View>(stack: TestStack, path: string): Promise<View> =>
  (await fetch(`${stack.url}${path}`, { headers })).json() as Promise<View>;

async function askModel(stack: TestStack, document: Uint8Array): Promise<JobView> {
  const form = new FormData();
  const documents = [{ upload: 'file' }];
  form.set('submission', JSON.stringify({ id: 'asked-a-model', task: { kind: 'extract', schema }, documents }));
  form.set('file', new Blob([Buffer.from(document)], { type: 'application/pdf' }), 'note.pdf');
  await fetch(`${stack.url}/v1/jobs`, { method: 'POST', headers, body: form });
  return await whenEnded(`${stack.url}/v1/jobs/asked-a-model`, headers);
}

/** However fast the machine is: nobody reads pages any more, and one more job is accepted. */
async function leaveOneUnfinished(stack: TestStack): Promise<void> {
  await stack.service('ocr').stop();
  const documents = [{ inline: Buffer.from(await drawPdf(['Nobody has read this'])).toString('base64') }];
  const body = JSON.stringify({ id: 'unfinished', task: { kind: 'read' }, documents });
  const answer = await fetch(`${stack.url}/v1/jobs`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(202);
}

async function documentOf(stack: TestStack): Promise<string> {
  const answer = await fetch(`${stack.url}/v1/jobs/asked-a-model/pages/1/image`, { headers });
  return createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex');
}

/** Jobs that have been accepted when none waits to be any more, by the streams of a server. */
async function jobsKept(natsUrl: string): Promise<number> {
  const connection = await connect({ servers: natsUrl });
  try {
    const manager = await jetstreamManager(connection, patient);
    while ((await manager.streams.info(streams.submissions.name)).state.messages > 0) await pause(50);
    const filter = { subjects_filter: everyJobSubject('job-accepted') };
    const { state } = await manager.streams.info(streams.events.name, filter);
    return Object.keys(state.subjects ?? {}).length;
  } finally {
    await connection.close();
  }
}

/** Invariant: a backup that is taken under load holds each accepted job, what it cost and what it read, and all of them end. */
describe('a backup taken while jobs run', () => {
  it('is restored into a fresh stack, finds everything again and goes on', async () => {
    const env = { WAYBILL_MODEL_SIMULATOR_URL: simulator.url };
    const run = await beginFaultRun(901, { services: { reasoning: { env } } }, 300);
    let before: { job: JobView; usage: UsageView; source: string };
    let stack: TestStack | undefined;
    let endedBefore = 0;
    try {
      const job = await askModel(run.stack, await drawPdf([note.join(' / ')]));
      expect(job).toMatchObject({ status: 'completed' });
      await whenRecorded(run.stack.databaseUrl, job.id);
      const usage = await get<UsageView>(run.stack, usageOfJob);
      expect(usage.totals.calls).toBeGreaterThan(0);
      before = { job, usage, source: await documentOf(run.stack) };
      await run.ledger.ended(jobsBeforeBackup);
      await leaveOneUnfinished(run.stack);
      await runWaybill(['backup', join(folder.path, 'whole')], {
        NATS_URL: run.stack.nats.url,
        DATABASE_URL: run.stack.databaseUrl,
      });
      endedBefore = run.ledger.endedCount;
      await run.stack.startAgain('ocr');
      await run.submitted;
    } finally {
      await run.close();
    }
    try {
      stack = await startStack({
        restoreFrom: join(folder.path, 'whole'),
        env: { WAYBILL_OCR_ENGINE: 'none', WAYBILL_ACK_WAIT_MS: '2000' },
      });
      const ends = await LedgerOfEnds.open(stack.nats.url);
      const kept = await jobsKept(stack.nats.url);
      expect(kept).toBeGreaterThan(endedBefore);
      await ends.ended(kept);
      const { finals, deadLetters } = await ends.read();
      expect([...finals].filter(([, statuses]) => statuses.length !== 1)).toEqual([]);
      expect(finals.size).toBe(kept);
      expect(deadLetters).toEqual([]);
      await ends.close();

      const job = await get<JobView>(stack, '/v1/jobs/asked-a-model');
      expect(job).toEqual(before.job);
      expect(await documentOf(stack)).toBe(before.source);
      expect(await get<UsageView>(stack, usageOfJob)).toMatchObject({ totals: before.usage.totals });
    } finally {
      await stack?.stop();
    }
  }, 600_000);

  it('is refused when a byte of it has changed', async () => {
    await appendFile(join(folder.path, 'whole', 'streams', `${streams.events.name}.snapshot`), 'x');
    await expect(startStack({ restoreFrom: join(folder.path, 'whole') })).rejects.toThrow(/missing or damaged/);
  }, 600_000);
});
