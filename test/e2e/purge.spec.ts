import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  streams,
  submitSubject,
  tenantSchema,
  type AuditListView,
  type JobView,
  type PurgeView,
} from '@waybill/contracts';
import { whenRecorded, patient, startStack, type TestStack } from '../support/index.js';
import { drawPdf, drawPicture } from './support/draw-documents.js';
import { everyMessage, everyRow, placesOf, type StoredThing } from './support/everything-stored.js';

const tenant = tenantSchema.parse('purged');
const headers = { 'waybill-tenant': tenant };
const marker = 'Zanzibarwort';
const kept = 'Quokkastein';

let stack: TestStack;
let nats: NatsConnection;

beforeAll(async () => {
  stack = await startStack();
  nats = await connect({ servers: stack.nats.url });
});
afterAll(async () => {
  await nats?.drain();
  await stack?.stop();
});

const everything = async (): Promise<StoredThing[]> => [
  ...(await everyMessage(nats)),
  ...(await everyRow(stack.databaseUrl)),
];

async function submit(id: string, word: string): Promise<void> {
  // Once as the text of a PDF larger than a small blob, once as a picture that an engine reads and a cache keeps.
  const [pdf, picture] = [await drawPdf([`The word is ${word} here.`]), await drawPicture([`The word is ${word}`])];
  const large = Buffer.concat([pdf, Buffer.from(`%${`${word} `.repeat(30_000)}\n`)]);
  const documents = [large, picture].map((bytes) => ({ inline: Buffer.from(bytes).toString('base64') }));
  const schema = { type: 'object', properties: { word: { type: 'string' } } };
  const body = JSON.stringify({
    id,
    task: { kind: 'extract', schema },
    documents: documents.map((document, index) => ({ ...document, name: `${word}-${index}.bin` })),
    metadata: { note: word },
  });
  expect(
    (
      await fetch(`${stack.url}/v1/jobs`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      })
    ).status,
  ).toBe(202);
}

async function ended(id: string): Promise<JobView> {
  for (;;) {
    const job = (await (await fetch(`${stack.url}/v1/jobs/${id}?wait=60s`, { headers })).json()) as JobView;
    if (job.finishedAt) return job;
  }
}

const remove = (id: string): Promise<Response> =>
  fetch(`${stack.url}/v1/jobs/${id}?purge=true`, { method: 'DELETE', headers });
const audit = async (): Promise<AuditListView['entries']> =>
  ((await (await fetch(`${stack.url}/v1/audit`, { headers })).json()) as AuditListView).entries;

describe('a purge', () => {
  it('leaves no copy of a document in streams, buckets, object stores and tables, and none of others missing', async () => {
    await submit('to-purge', marker);
    await submit('to-keep', kept);
    for (const id of ['to-purge', 'to-keep']) {
      await ended(id);
      await whenRecorded(stack.databaseUrl, id);
    }
    await jetstream(nats).publish(
      submitSubject(tenant),
      JSON.stringify({ id: 'to-purge', tenant, task: { kind: marker }, documents: [] }),
    );
    await letterAppears();
    expect(new Set(placesOf(marker, await everything()).map((place) => place.split(' ')[0]))).toEqual(
      new Set([
        `OBJ_waybill-documents-${tenant}`,
        'KV_waybill-blobs',
        'KV_waybill-readings',
        streams.events.name,
        streams.deadLetters.name,
        'jobs',
        ...(await tablesWithAnswers()),
      ]),
    );

    const response = await remove('to-purge');
    expect(response.status).toBe(200);
    expect((await response.json()) as PurgeView).toMatchObject({ id: 'to-purge', status: 'purged' });
    const stored = await everything();
    expect(placesOf(marker, stored)).toEqual([]);
    const naming = new Set(placesOf('to-purge', stored).map((place) => place.split(' ')[0]));
    expect([...naming].toSorted()).toEqual([streams.audit.name, 'ledger', 'purges']);
    expect(placesOf(kept, stored).length).toBeGreaterThan(3);
    expect((await remove('to-purge')).status).toBe(404);
    expect((await fetch(`${stack.url}/v1/jobs/to-keep/result`, { headers })).status).toBe(200);
    expect((await fetch(`${stack.url}/v1/jobs/to-keep/text`, { headers })).status).toBe(200);
  }, 240_000);

  it('is told in the audit log, as every access is, and nobody can delete a line of it', async () => {
    const entries = await audit();
    expect(entries.map(({ action, jobId }) => [action, jobId])).toEqual([
      ['read-text', 'to-keep'],
      ['read-result', 'to-keep'],
      ['purge', 'to-purge'],
    ]);
    expect(entries.at(-1)?.removed).toMatchObject({ blobs: 5, readings: 1 });
    const manager = await jetstreamManager(nats, patient);
    await expect(manager.streams.deleteMessage(streams.audit.name, 1)).rejects.toThrow();
    await expect(manager.streams.purge(streams.audit.name)).rejects.toThrow();
    expect(await audit()).toHaveLength(3);
  });
});

const tablesWithAnswers = async (): Promise<string[]> =>
  [...new Set(placesOf(marker, await everyRow(stack.databaseUrl)))].filter((table) => table !== 'jobs');

async function letterAppears(): Promise<void> {
  for (;;) {
    const response = await fetch(`${stack.url}/v1/dead-letters?job=to-purge`, { headers });
    if (((await response.json()) as { deadLetters: unknown[] }).deadLetters.length > 0) return;
  }
}
