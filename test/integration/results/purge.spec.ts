import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restRoutes, type AuditListView, type PurgeView, type Tenant } from '@waybill/contracts';
import { BLOB_ERASER } from '@waybill/document-store';
import { AUDIT_LOG, MESSAGE_ERASER } from '@waybill/jetstream';
import {
  newBatchId,
  newFileId,
  type AuditLog,
  type BlobEraser,
  type DocumentStore,
  type MessageEraser,
} from '@waybill/jobs';
import {
  Database,
  PostgresBatchBook,
  PostgresFileShelf,
  PostgresJobArchive,
  PostgresRecordEraser,
} from '@waybill/persistence';
import { pino } from 'pino';
import { CancelJob } from '../../../apps/results/src/jobs/cancel-job.js';
import { FindJob } from '../../../apps/results/src/jobs/find-job.js';
import { PurgeJob, settleMs } from '../../../apps/results/src/purge/purge-job.js';
import { RepeatPurges } from '../../../apps/results/src/purge/repeat-purges.js';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';
import { patientDatabase } from '../../support/index.js';

let results: RunningResults;
let database: Database;
let archive: PostgresJobArchive;

beforeAll(async () => {
  results = await startResults();
  database = new Database(results.databaseUrl, patientDatabase);
  archive = new PostgresJobArchive(database);
});
afterAll(async () => {
  await database?.close();
  await results?.stop();
});

const remove = (jobId: string, headers: Record<string, string> = {}): Promise<Response> =>
  results.get(`/v1/jobs/${jobId}?purge=true`, { method: 'DELETE', headers });

const layoutOf = (jobId: string, text: string) =>
  results.store.put('acme' as Tenant, `layouts/${jobId}/0-1.json`, Buffer.from(text));

/** The sweep of a service whose clock is so much later. */
function sweepAfter(ms: number): RepeatPurges {
  const clock = { now: () => new Date(Date.now() + ms) };
  const { app, log } = results;
  const records = new PostgresRecordEraser(database);
  const jobs = new FindJob(archive, log);
  const purger = new PurgeJob(jobs, new CancelJob(jobs, log, clock), {
    ...{ log, archive, records, clock },
    blobs: app.get<BlobEraser>(BLOB_ERASER, { strict: false }),
    messages: app.get<MessageEraser>(MESSAGE_ERASER),
    audit: app.get<AuditLog>(AUDIT_LOG),
  });
  return new RepeatPurges(records, purger, clock, pino({ level: 'silent' }));
}

const storedAt = (store: DocumentStore, reference: Awaited<ReturnType<typeof layoutOf>>) =>
  store.read(reference).then(
    () => 'there',
    () => 'gone',
  );

const fileOf = async (text: string) => {
  const blob = await results.store.put('acme' as Tenant, `files/${text}`, Buffer.from(text));
  const file = {
    tenant: 'acme' as Tenant,
    id: newFileId(),
    filename: `${text}.jsonl`,
    purpose: 'batch' as const,
    blob,
  };
  await new PostgresFileShelf(database).add({ ...file, createdAt: new Date(), expiresAt: new Date() });
  return file;
};

describe('purging at the door', () => {
  it('removes a batch with its files, lines and answers once it has ended, and nothing of others', async () => {
    const [input, other] = [await fileOf('input'), await fileOf('other')];
    const key = { tenant: input.tenant, batchId: newBatchId() };
    const book = new PostgresBatchBook(database, { now: () => new Date() });
    const times = { createdAt: new Date(), expiresAt: new Date(), credential: null };
    const facts = { endpoint: '/v1/chat/completions', inputFileId: input.id, completionWindow: '24h', metadata: null };
    await book.create({ tenant: key.tenant, id: key.batchId, ...facts, ...times });
    const [request, body] = [(await fileOf('request')).blob, (await fileOf('body')).blob];
    await book.addLines(key, [{ line: 1, customId: 'one', request }]);
    await book.end(key, 1, { kind: 'response', statusCode: 200, body });
    expect((await remove(key.batchId)).status).toBe(409);
    await book.change(key, ['validating'], { to: 'cancelled', at: new Date() });
    expect((await remove(key.batchId, { 'waybill-tenant': 'other' })).status).toBe(404);

    const view = (await (await remove(key.batchId)).json()) as PurgeView;
    expect(view.removed).toMatchObject({ blobs: 3, rows: 3 });
    const left = await Promise.all(
      [input.blob, request, body, other.blob].map((blob) => storedAt(results.store, blob)),
    );
    expect(left).toEqual(['gone', 'gone', 'gone', 'there']);
    expect(await book.find(key)).toBeUndefined();
    expect((await remove(key.batchId)).status).toBe(404);
  });

  it('removes a file by its id', async () => {
    const file = await fileOf('alone');
    expect((await remove(file.id)).status).toBe(200);
    expect(await storedAt(results.store, file.blob)).toBe('gone');
    expect((await remove(file.id)).status).toBe(404);
  });
});

describe('purging', () => {
  it('ends a job under way, and removes later what a worker wrote after the purge', async () => {
    await results.append(storyOf('under-way', { end: 'open' }));
    await recorded(archive, keyOf('under-way'), false);
    const view = (await (await remove('under-way')).json()) as PurgeView;
    expect(view.againAfter).toBeDefined();
    expect((await results.get('/v1/jobs/under-way')).status).toBe(404);

    const late = await layoutOf('under-way', 'late');
    const collected = await results.store.put('acme' as Tenant, 'batched/under-way/call', Buffer.from('late'));
    await sweepAfter(settleMs - 30_000).run();
    expect(await storedAt(results.store, late)).toBe('there');
    await sweepAfter(settleMs).run();
    expect(await storedAt(results.store, late)).toBe('gone');
    expect(await storedAt(results.store, collected)).toBe('gone');
    expect(await new PostgresRecordEraser(database).dueRepeats(new Date(Date.now() + 10 * settleMs), 10)).toEqual([]);
  });

  it('leaves a job alone that was submitted under the same id after the purge', async () => {
    await results.append(storyOf('again', { end: 'open' }));
    await remove('again');
    const second = await layoutOf('again', 'second');
    await results.append(storyOf('again', { startMs: Date.now() + 1_000, layouts: [second] }));
    await sweepAfter(settleMs).run();
    expect(await storedAt(results.store, second)).toBe('there');
    expect((await results.final('again')).status).toBe('completed');
  });

  it('finds no job of another tenant, and reaches no bytes of one by a forged reference', async () => {
    await results.append(storyOf('mine', { startMs: Date.now() - 3_600_000 }));
    expect((await remove('mine', { 'waybill-tenant': 'other' })).status).toBe(404);
    const foreign = await results.store.put('other' as Tenant, 'layouts/theirs/0-1.json', Buffer.from('theirs'));
    await results.append(storyOf('forged', { startMs: Date.now() - 3_600_000, layouts: [foreign] }));
    expect((await remove('forged')).status).toBe(200);
    expect(await storedAt(results.store, foreign)).toBe('there');
    expect((await results.final('mine')).status).toBe('completed');
  });
});

describe('the audit log', () => {
  it('has a line for each route that hands out content, also for one that found nothing', async () => {
    const content = restRoutes.filter(({ audited, path }) => audited && path.startsWith('/v1/jobs'));
    expect(content.map(({ operation }) => operation).toSorted()).toEqual([
      ...[
        'getCsv',
        'getHtml',
        'getLayout',
        'getMarkdown',
        'getPage',
        'getPageImage',
        'getPageOverlay',
        'getResult',
        'getRoute',
      ],
      'getText',
    ]);
    for (const { path } of content) await results.get(path.replace('{id}', 'looked-at').replace('{n}', '1'));
    const { entries } = (await (await results.get('/v1/audit?job=looked-at')).json()) as AuditListView;
    expect(entries.map(({ action }) => action).toReversed()).toEqual(content.map(({ audited }) => audited));
    const foreign = await results.get('/v1/audit?job=looked-at', { headers: { 'waybill-tenant': 'other' } });
    expect(await foreign.json()).toEqual({ entries: [] });
  });
});
