import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Objm } from '@nats-io/obj';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { documentsBucket, tenantSchema } from '@waybill/contracts';
import { JetStreamDocumentStore } from '@waybill/document-store';
import { StageError } from '@waybill/jobs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestNats } from '../../support/index.js';

const acme = tenantSchema.parse('acme');
const dayMs = 86_400_000;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let server: Awaited<ReturnType<typeof startTestNats>>;
let nats: NatsConnection;
let store: JetStreamDocumentStore;

beforeAll(async () => {
  server = await startTestNats();
  nats = await connect({ servers: server.url });
  store = await JetStreamDocumentStore.open(nats, { replicas: 1, keepMs: 7 * dayMs });
});
afterAll(async () => {
  await nats.close();
  await server.stop();
});

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StageError);
  return (error as StageError).failure.code;
};

/** How many messages the stream behind a bucket holds. */
const messagesIn = async (stream: string): Promise<number> =>
  (await (await jetstreamManager(nats)).streams.info(stream)).state.messages;

const sizes = [0, 1, 100_000, 262_144, 262_145, 3_000_000];

describe('the document store', () => {
  it.each(sizes)('gives back %d bytes, at once and as a stream, with their digest', async (size) => {
    const bytes = randomBytes(size);
    for (const source of [bytes, Readable.from(pieces(bytes, 70_001))]) {
      const reference = await store.put(acme, `sources/${size}`, source, { mediaType: 'image/png' });
      expect(reference).toMatchObject({ sizeBytes: size, sha256: sha256(bytes), mediaType: 'image/png' });
      expect(Buffer.compare(await store.read(reference), bytes)).toBe(0);
      expect(Buffer.compare(await buffer(await store.open(reference)), bytes)).toBe(0);
    }
  });

  it('writes a small blob with one message', async () => {
    const before = await messagesIn('KV_waybill-blobs');
    await store.put(acme, 'layouts/job-1/0-1', randomBytes(40_000));
    expect(await messagesIn('KV_waybill-blobs')).toBe(before + 1);
  });

  it('keeps tenants apart', async () => {
    const other = await store.put(tenantSchema.parse('other'), 'same-key', Buffer.from('theirs'));
    const ours = await store.put(acme, 'same-key', Buffer.from('ours'));
    expect(Buffer.from(await store.read(other)).toString()).toBe('theirs');
    expect(Buffer.from(await store.read(ours)).toString()).toBe('ours');
  });

  it.each([50_000, 1_000_000])(
    'refuses more than the limit of %d bytes midstream and leaves nothing',
    async (maxBytes) => {
      const stream = `OBJ_${documentsBucket(acme)}`;
      const before = await messagesIn(stream);
      let read = 0;
      async function* endless() {
        for (; read < 1_000; read += 1) yield randomBytes(10_000);
      }
      expect(await codeOf(store.put(acme, 'too-large', Readable.from(endless()), { maxBytes }))).toBe('too-large');
      expect(read).toBeLessThan(maxBytes / 10_000 + 20);
      expect(await messagesIn(stream)).toBe(before);
    },
  );

  it('passes on the error of a source that breaks off, and leaves nothing', async () => {
    const stream = `OBJ_${documentsBucket(acme)}`;
    const before = await messagesIn(stream);
    async function* broken() {
      yield randomBytes(900_000);
      throw new Error('the client went away');
    }
    await expect(store.put(acme, 'broken', Readable.from(broken()))).rejects.toThrow('the client went away');
    expect(await messagesIn(stream)).toBe(before);
  });

  it('finds what a client has put with the plain client', async () => {
    const bytes = randomBytes(500_000);
    const tenant = tenantSchema.parse('fresh');
    const objects = await new Objm(nats).create(documentsBucket(tenant));
    await objects.putBlob({ name: 'Rechnung März.pdf' }, bytes);
    const reference = await store.locate(tenant, 'Rechnung März.pdf');
    expect(reference).toEqual({
      bucket: documentsBucket(tenant),
      key: 'Rechnung März.pdf',
      sizeBytes: 500_000,
      sha256: sha256(bytes),
    });
    expect(sha256(await store.read(reference))).toBe(reference.sha256);

    await objects.putBlob({ name: 'Rechnung März.pdf' }, randomBytes(500_000));
    expect(await codeOf(store.read(reference))).toBe('document-not-found');
    await objects.delete('Rechnung März.pdf');
    expect(await codeOf(store.locate(tenant, 'Rechnung März.pdf'))).toBe('document-not-found');
  });

  it('lets a client put a document of the default tenant before anything was submitted', async () => {
    expect(await messagesIn('OBJ_waybill-documents-default')).toBe(0);
  });

  it('creates a bucket once, also for many callers at the same moment, and keeps bytes for the set time', async () => {
    const tenant = tenantSchema.parse('crowd');
    const stores = await Promise.all(
      Array.from({ length: 4 }, () => JetStreamDocumentStore.open(nats, { replicas: 1, keepMs: 7 * dayMs })),
    );
    await Promise.all(stores.map((each, index) => each.put(tenant, `source-${index}`, randomBytes(300_000))));
    const manager = await jetstreamManager(nats);
    for (const stream of ['OBJ_waybill-documents-crowd', 'KV_waybill-blobs']) {
      expect((await manager.streams.info(stream)).config.max_age).toBe(7 * dayMs * 1_000_000);
    }
  });

  it.each([10, 400_000])('removes a blob of %d bytes', async (size) => {
    const reference = await store.put(acme, 'removable', randomBytes(size));
    await store.remove(reference);
    expect(await codeOf(store.read(reference))).toBe('document-not-found');
    expect(await codeOf(store.open(reference).then(buffer))).toBe('document-not-found');
  });

  it.each([10, 400_000])('notices %d bytes that are not those referred to', async (size) => {
    const reference = await store.put(acme, 'changed', randomBytes(size));
    const forged = { ...reference, sha256: sha256(Buffer.from('else')) };
    expect(await codeOf(store.read(forged))).toBe('document-not-found');
    expect(await codeOf(store.open(forged).then(buffer))).toBe('document-not-found');
  });

  it('is unavailable, and says so, when the connection is gone', async () => {
    const lost = await connect({ servers: server.url });
    const orphan = await JetStreamDocumentStore.open(lost, { replicas: 1, keepMs: dayMs });
    const reference = await orphan.put(acme, 'orphan', Buffer.from('x'));
    await lost.close();
    const error = await orphan.read(reference).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ retryable: true, failure: { code: 'unavailable' } });
    expect(await codeOf(orphan.put(acme, 'orphan', Buffer.from('x')))).toBe('unavailable');
    expect(await codeOf(orphan.locate(acme, 'orphan'))).toBe('unavailable');
  });
});

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
