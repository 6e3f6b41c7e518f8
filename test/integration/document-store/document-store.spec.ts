import { randomBytes } from 'node:crypto';
import { Objm } from '@nats-io/obj';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { documentsBucket, tenantSchema } from '@waybill/contracts';
import { JetStreamBlobEraser, JetStreamDocumentStore } from '@waybill/document-store';
import type { BlobEraser } from '@waybill/jobs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patient, startTestNats } from '../../support/index.js';
import { acme, codeOf, documentStoreContract, sha256 } from './document-store-contract.js';

const dayMs = 86_400_000;

let server: Awaited<ReturnType<typeof startTestNats>>;
let nats: NatsConnection;
let store: JetStreamDocumentStore;
let eraser: BlobEraser;

beforeAll(async () => {
  server = await startTestNats();
  nats = await connect({ servers: server.url });
  store = await JetStreamDocumentStore.open(nats, { replicas: 1, keepMs: 7 * dayMs });
  eraser = await JetStreamBlobEraser.open(nats);
});
afterAll(async () => {
  await nats.close();
  await server.stop();
});

/** How many messages the stream behind a bucket holds. */
const messagesIn = async (stream: string): Promise<number> =>
  (await (await jetstreamManager(nats, patient)).streams.info(stream)).state.messages;

async function orphan(bytes: Uint8Array) {
  const lost = await connect({ servers: server.url });
  const left = await JetStreamDocumentStore.open(lost, { replicas: 1, keepMs: dayMs });
  const reference = await left.put(acme, 'orphan', bytes);
  await lost.close();
  expect(await codeOf(left.locate(acme, 'orphan'))).toBe('unavailable');
  return { store: left, reference };
}

const sizes = [0, 1, 100_000, 262_144, 262_145, 3_000_000];

describe('the document store', () => {
  const kept = async (): Promise<number> => {
    await store.put(acme, 'makes-the-bucket', randomBytes(300_000));
    return await messagesIn(`OBJ_${documentsBucket(acme)}`);
  };
  documentStoreContract(() => ({ store, eraser, kept, orphan }), sizes);

  it('writes a small blob with one message', async () => {
    const before = await messagesIn('KV_waybill-blobs');
    await store.put(acme, 'layouts/job-1/0-1', randomBytes(40_000));
    expect(await messagesIn('KV_waybill-blobs')).toBe(before + 1);
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

  it('finds and erases what clients of other languages have put under a name that is not ASCII', async () => {
    const tenant = tenantSchema.parse('letters');
    const bucket = documentsBucket(tenant);
    const objects = await new Objm(nats).create(bucket);
    const [name, bytes] = ['Vertrag 契約書.pdf', randomBytes(300_000)];
    await objects.putBlob({ name: 'plain' }, bytes);
    // As they write it, and as the client for JavaScript cannot: base64url of the name's UTF-8.
    const meta = `$O.${bucket}.M.${Buffer.from(name).toString('base64').replaceAll('+', '-').replaceAll('/', '_')}`;
    const query = { last_by_subj: `$O.${bucket}.M.${Buffer.from('plain').toString('base64')}` };
    const plain = await (await jetstreamManager(nats, patient)).streams.getMessage(`OBJ_${bucket}`, query);
    await jetstream(nats).publish(meta, JSON.stringify({ ...plain?.json<object>(), name }));
    const reference = await store.locate(tenant, name);
    expect(sha256(await store.read(reference))).toBe(sha256(bytes));
    expect(await eraser.eraseBlobs(tenant, [reference])).toBe(1);
    expect(await codeOf(store.read(reference))).toBe('document-not-found');
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
    const manager = await jetstreamManager(nats, patient);
    for (const stream of ['OBJ_waybill-documents-crowd', 'KV_waybill-blobs']) {
      expect((await manager.streams.info(stream)).config.max_age).toBe(7 * dayMs * 1_000_000);
    }
  });

  it('says of bytes in a bucket of S3 that another service uses it', async () => {
    const reference = { bucket: 's3://papers', key: 'acme/x', sizeBytes: 1, sha256: sha256(Buffer.from('x')) };
    expect(await codeOf(store.read(reference))).toBe('unavailable');
  });
});
