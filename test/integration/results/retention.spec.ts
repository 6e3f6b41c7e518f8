import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BlobReference, JobEvent, RetentionWish, Tenant } from '@waybill/contracts';
import { BLOB_ERASER } from '@waybill/document-store';
import { AUDIT_LOG, MESSAGE_ERASER } from '@waybill/jetstream';
import {
  newBatchId,
  newFileId,
  newJobId,
  parseRetentionPolicy,
  type AuditLog,
  type BlobEraser,
  type MessageEraser,
  type ShelvedFile,
} from '@waybill/jobs';
import {
  Database,
  PostgresBatchBook,
  PostgresChatReceipts,
  PostgresFileShelf,
  PostgresJobArchive,
  PostgresRecordEraser,
  PostgresRetentionBook,
} from '@waybill/persistence';
import { pino } from 'pino';
import { CancelJob } from '../../../apps/results/src/jobs/cancel-job.js';
import { FindJob } from '../../../apps/results/src/jobs/find-job.js';
import { PurgeBatch } from '../../../apps/results/src/purge/purge-batch.js';
import { PurgeJob } from '../../../apps/results/src/purge/purge-job.js';
import { DateRetention } from '../../../apps/results/src/retention/date-retention.js';
import { SweepRetention } from '../../../apps/results/src/retention/sweep-retention.js';
import { patientDatabase, temporaryFolder, type TemporaryFolder } from '../../support/index.js';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const written = {
  version: 1,
  tenants: {
    acme: { documents: '2h', pages: '3h', layouts: '4h', events: '1d', results: '3d', ledger: '30d', files: '6h' },
  },
};
const policy = parseRetentionPolicy(written);

let folder: TemporaryFolder;
let results: RunningResults;
let database: Database;
let archive: PostgresJobArchive;
let book: PostgresRetentionBook;

beforeAll(async () => {
  folder = await temporaryFolder('retention');
  const file = join(folder.path, 'retention.yaml');
  await writeFile(file, JSON.stringify(written));
  results = await startResults({ WAYBILL_RETENTION: file });
  database = new Database(results.databaseUrl, patientDatabase);
  archive = new PostgresJobArchive(database);
  book = new PostgresRetentionBook(database);
});
afterAll(async () => {
  await database?.close();
  await results?.stop();
  await folder?.remove();
});

/** A look of a service whose clock is so much later. */
async function sweepAfter(ms: number): Promise<void> {
  const clock = { now: () => new Date(Date.now() + ms) };
  const { app, log } = results;
  const finder = new FindJob(archive, log);
  const tools = {
    ...{ log, archive, clock },
    records: new PostgresRecordEraser(database),
    blobs: app.get<BlobEraser>(BLOB_ERASER, { strict: false }),
    messages: app.get<MessageEraser>(MESSAGE_ERASER),
    audit: app.get<AuditLog>(AUDIT_LOG),
  };
  const shelf = new PostgresFileShelf(database);
  const batches = new PurgeBatch({ ...tools, shelf, book: new PostgresBatchBook(database, clock) });
  const purger = new PurgeJob(finder, new CancelJob(finder, log, clock), tools);
  const logger = pino({ level: 'silent' });
  await new SweepRetention({ ...tools, book, purger, batches }, new DateRetention(book, policy), policy, logger).run();
}

type Part = 'document' | 'page' | 'layout';

async function submitted(jobId: string, retention?: RetentionWish): Promise<Record<Part, BlobReference>> {
  const put = (name: string): Promise<BlobReference> =>
    results.store.put('acme' as Tenant, `${name}/${jobId}`, Buffer.from(`${name} of ${jobId}`));
  const parts = { document: await put('document'), page: await put('page'), layout: await put('layout') };
  const options = { startMs: Date.now() - 60_000, layouts: [parts.layout], images: [parts.page], pageCostUsd: 0.1 };
  const events = storyOf(jobId, options).map((event): JobEvent => {
    if (event.type !== 'job-accepted') return event;
    return { ...event, submission: { ...event.submission, retention, documents: [{ blob: parts.document }] } };
  });
  await results.append(events);
  await results.final(jobId);
  await recorded(archive, keyOf(jobId), (state) => state.finished !== undefined);
  await dated(jobId);
  return parts;
}

/** Dates are written after the rows of their batch. */
async function dated(jobId: string): Promise<void> {
  const ask = 'SELECT 1 FROM retention_dates WHERE job_id = $1';
  while ((await database.execute(ask, [jobId])).length === 0);
}

async function left(parts: Record<Part, BlobReference>): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(parts).map(async ([name, reference]) => {
      const there = await results.store.read(reference).then(
        () => true,
        () => false,
      );
      return there ? [name] : [];
    }),
  );
  return found.flat();
}

async function uploaded(name: string, tenant = 'acme' as Tenant): Promise<ShelvedFile> {
  const blob = await results.store.put(tenant, `files/${name}`, Buffer.from(name));
  const file = { tenant, id: newFileId(), filename: `${name}.jsonl`, purpose: 'batch' as const, blob };
  const shelved = { ...file, createdAt: new Date(), expiresAt: new Date() };
  await new PostgresFileShelf(database).add(shelved);
  return shelved;
}

async function onShelf(...files: readonly ShelvedFile[]): Promise<string[]> {
  const shelf = new PostgresFileShelf(database);
  const found = await Promise.all(files.map(({ tenant, id }) => shelf.find(tenant, id)));
  return found.flatMap((file) => file?.filename ?? []);
}

const statusOf = async (path: string): Promise<number> => (await results.get(path)).status;
const ledgerOf = async (jobId: string): Promise<number> =>
  (await database.execute('SELECT 1 FROM ledger WHERE job_id = $1', [jobId])).length;

describe('retention', () => {
  it('removes each part of a job at its time, then the job, then what it cost', async () => {
    const parts = await submitted('kept');
    await sweepAfter(hourMs);
    expect(await left(parts)).toEqual(['document', 'page', 'layout']);
    await sweepAfter(2 * hourMs);
    expect(await left(parts)).toEqual(['page', 'layout']);
    await sweepAfter(3 * hourMs);
    expect(await left(parts)).toEqual(['layout']);
    await sweepAfter(4 * hourMs);
    expect(await left(parts)).toEqual([]);
    expect((await results.log.history(keyOf('kept'))).length).toBeGreaterThan(0);
    await sweepAfter(dayMs);
    expect(await results.log.history(keyOf('kept'))).toEqual([]);
    expect([await statusOf('/v1/jobs/kept'), await statusOf('/v1/jobs/kept/result')]).toEqual([200, 200]);
    await sweepAfter(3 * dayMs);
    expect(await statusOf('/v1/jobs/kept')).toBe(404);
    expect(await ledgerOf('kept')).toBeGreaterThan(0);
    await sweepAfter(31 * dayMs);
    expect(await ledgerOf('kept')).toBe(0);
  });

  it('follows the wish of a job where that is shorter', async () => {
    const [hasty, usual] = [await submitted('hasty', { documents: '30m', layouts: '30m' }), await submitted('usual')];
    await sweepAfter(hourMs);
    expect(await left(hasty)).toEqual(['page']);
    expect(await left(usual)).toEqual(['document', 'page', 'layout']);
  });

  it('finds jobs that ended before there was a policy', async () => {
    const parts = await submitted('before');
    await database.execute('DELETE FROM retention_dates WHERE job_id = $1', ['before']);
    await sweepAfter(3 * hourMs);
    expect(await left(parts)).toEqual(['layout']);
  });

  it('removes a file of the door at its time, and one of a batch with the batch, after that has ended', async () => {
    const [alone, input] = [await uploaded('alone'), await uploaded('input')];
    const others = await uploaded('others', 'other' as Tenant);
    const batches = new PostgresBatchBook(database, { now: () => new Date() });
    const batch = { tenant: input.tenant, batchId: newBatchId() };
    const facts = { endpoint: '/v1/chat/completions', inputFileId: input.id, completionWindow: '24h', metadata: null };
    const times = { createdAt: new Date(), expiresAt: new Date(), credential: null };
    await batches.create({ tenant: batch.tenant, id: batch.batchId, ...facts, ...times });
    await sweepAfter(5 * hourMs);
    expect(await onShelf(alone, input, others)).toEqual(['alone.jsonl', 'input.jsonl', 'others.jsonl']);
    await sweepAfter(7 * hourMs);
    expect(await onShelf(alone, input, others)).toEqual(['input.jsonl', 'others.jsonl']);
    await expect(results.store.read(alone.blob)).rejects.toMatchObject({ failure: { code: 'document-not-found' } });
    await batches.change(batch, ['validating'], { to: 'failed', at: new Date() });
    await sweepAfter(7 * hourMs);
    expect(await onShelf(alone, input, others)).toEqual(['others.jsonl']);
    expect(await batches.find(batch)).toBeUndefined();
  });

  it('removes receipts of chats when results of jobs of that age are removed', async () => {
    const chats = new PostgresChatReceipts(database);
    const chat = { at: new Date().toISOString(), asked: 'waybill/auto', stream: false };
    const ids = { chatId: newJobId(), completionId: null, batchId: null };
    const kept = { ...ids, status: 'completed' as const, chat, attempts: [] };
    const tenants = ['acme', 'other'] as Tenant[];
    await chats.keep(tenants.map((tenant) => ({ ...kept, tenant })));
    const left = async () => (await Promise.all(tenants.map((each) => chats.find(each, kept.chatId)))).map(Boolean);
    await sweepAfter(2 * dayMs);
    expect(await left()).toEqual([true, true]);
    await sweepAfter(4 * dayMs);
    expect(await left()).toEqual([false, true]);
  });

  it('is seen to by one process at a time', async () => {
    const looked: string[] = [];
    const first = await book.alone(async () => {
      const second = await book.alone(async () => void looked.push('second'));
      looked.push(`first, and the second ${second ? 'too' : 'not'}`);
    });
    expect([first, looked]).toEqual([true, ['first, and the second not']]);
  });
});
