import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { TestingModule } from '@nestjs/testing';
import { Objm } from '@nats-io/obj';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { documentsBucket } from '@waybill/contracts';
import { BLOB_ERASER, DOCUMENT_STORE, examineDocumentStore } from '@waybill/document-store';
import type { BlobEraser, DocumentStore } from '@waybill/jobs';
import { loadEnvironment } from '@waybill/platform';
import { simulateS3, type S3Simulator } from '@waybill/provider-simulator';
import { plainSealer, type Sealer } from '@waybill/sealing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestNats } from '../../support/index.js';
import { acme, codeOf, documentStoreContract, pieces, sha256 } from './document-store-contract.js';
import { openStore } from './open-store.js';

const partBytes = 8 * 1_048_576;

let server: Awaited<ReturnType<typeof startTestNats>>;
let nats: NatsConnection;
let s3: S3Simulator;
let opened: Opened;

interface Opened {
  readonly store: DocumentStore;
  readonly eraser: BlobEraser;
  readonly module: TestingModule;
}

/** The store as services have it, from variables. */
async function open(variables: Readonly<Record<string, string>>, sealer: Sealer = plainSealer): Promise<Opened> {
  const module = await openStore(nats, variables, sealer);
  return { store: module.get(DOCUMENT_STORE), eraser: module.get(BLOB_ERASER), module };
}

beforeAll(async () => {
  server = await startTestNats();
  nats = await connect({ servers: server.url });
  s3 = await simulateS3();
  opened = await open(s3.environment);
});
afterAll(async () => {
  await opened?.module.close();
  await s3?.server.stop();
  await nats?.close();
  await server?.stop();
});

const keysKept = (): string[] => s3.bucket.versions.map(({ key }) => key).sort();
const messageOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => '',
    (error: unknown) => String((error as Error).message),
  );

describe('the document store in S3', () => {
  const orphan = async (bytes: Uint8Array) => {
    const lost = await simulateS3();
    const { store } = await open(lost.environment);
    const reference = await store.put(acme, 'orphan', bytes);
    await lost.server.stop();
    return { store, reference };
  };
  const kept = async (): Promise<number> => s3.bucket.versions.length + s3.bucket.uploads.size;
  const sizes = [0, 1, 100_000, partBytes, partBytes + 1, 2 * partBytes + 70_000];
  documentStoreContract(() => ({ ...opened, kept, orphan }), sizes);

  it('writes under the prefix and the tenant, small bytes at once and large ones in parts', async () => {
    const begun = s3.operations.length;
    const small = await opened.store.put(acme, 'sources/small', randomBytes(1_000));
    expect(small).toMatchObject({ bucket: 's3://papers', key: 'waybill/acme/sources/small' });
    expect(s3.operations.slice(begun)).toEqual(['PutObject']);
    await opened.store.put(acme, 'sources/large', Readable.from(pieces(randomBytes(2 * partBytes + 1), 300_000)));
    expect(s3.operations.slice(begun + 1)).toEqual([
      'CreateMultipartUpload',
      ...['UploadPart', 'UploadPart', 'UploadPart'],
      'CompleteMultipartUpload',
    ]);
  });

  it('gathers no more than the part after the one under way, however large the document', async () => {
    const piece = randomBytes(1_048_576);
    let [readBytes, mostAhead] = [0, 0];
    async function* large() {
      for (let count = 0; count < 64; count += 1) {
        readBytes += piece.length;
        const sentBytes = s3.operations.slice(begun).filter((name) => name === 'UploadPart').length * partBytes;
        mostAhead = Math.max(mostAhead, readBytes - sentBytes);
        yield piece;
      }
    }
    const begun = s3.operations.length;
    const reference = await opened.store.put(acme, 'sources/larger', Readable.from(large(), { highWaterMark: 1 }));
    expect(reference.sizeBytes).toBe(64 * piece.length);
    // The request for the part that is sent may not have arrived when the next one is gathered.
    expect(mostAhead).toBeLessThanOrEqual(4 * partBytes);
  });

  it('goes on after a connection that breaks, with the same version', async () => {
    const bytes = randomBytes(500_000);
    const reference = await opened.store.put(acme, 'sources/broken', bytes);
    s3.fault('GetObject', { cutAfterBytes: 200_000 }, { cutAfterBytes: 1_000 });
    expect(Buffer.compare(await opened.store.read(reference), bytes)).toBe(0);
    s3.fault('GetObject', { cutAfterBytes: 300_000 });
    expect(Buffer.compare(await buffer(await opened.store.open(reference)), bytes)).toBe(0);
    s3.fault('GetObject', { cutAfterBytes: 300_000 }, 'replaced');
    expect(await codeOf(opened.store.read(reference))).toBe('document-not-found');
  });

  it('is unavailable when connections break again and again', async () => {
    const own = await simulateS3();
    const { store, module } = await open(own.environment);
    const reference = await store.put(acme, 'sources/broken', randomBytes(1_000));
    own.fault('GetObject', ...Array.from({ length: 20 }, () => ({ cutAfterBytes: 10 })));
    expect(await codeOf(store.read(reference))).toBe('unavailable');
    await module.close();
    await own.server.stop();
  });

  it('tries again what the server was too busy for, or failed in', async () => {
    s3.fault('PutObject', 'busy', 'failed');
    const reference = await opened.store.put(acme, 'sources/busy', Buffer.from('x'));
    s3.fault('GetObject', 'busy');
    expect(Buffer.from(await opened.store.read(reference)).toString()).toBe('x');
  });

  it.each([
    ['busy', 3, /asks to slow down/],
    ['failed', 3, /InternalError: We encountered an internal error/],
    ['access-denied', 1, /AccessDenied; correct the credentials/],
    ['no-bucket', 1, /bucket does not exist; make it, or correct WAYBILL_DOCUMENT_STORE/],
  ] as const)('is unavailable, with a sentence, when it is refused as %s', async (refusal, times, sentence) => {
    s3.fault('PutObject', ...Array.from({ length: times }, () => refusal));
    const put = opened.store.put(acme, 'sources/refused', Buffer.from('x'));
    await expect(put).rejects.toMatchObject({ retryable: true, failure: { code: 'unavailable' } });
    expect(await messageOf(put)).toMatch(sentence);
  });

  it('leaves no parts of an upload that a refusal ends', async () => {
    s3.fault('UploadPart', 'access-denied');
    const put = opened.store.put(acme, 'sources/parts', randomBytes(3 * partBytes));
    expect(await codeOf(put)).toBe('unavailable');
    expect([s3.bucket.uploads.size, s3.bucket.find('waybill/acme/sources/parts')]).toEqual([0, undefined]);
  });

  it.each([
    [{ WAYBILL_S3_SECRET_ACCESS_KEY: 'another' }, /AccessDenied; correct the credentials/],
    [{ WAYBILL_S3_ACCESS_KEY_ID: 'nobody' }, /AccessDenied; correct the credentials/],
    [{ WAYBILL_DOCUMENT_STORE: 's3://elsewhere' }, /its bucket does not exist/],
  ])('refuses to start with %j', async (changes, sentence) => {
    expect(await messageOf(open({ ...s3.environment, ...changes }))).toMatch(sentence);
  });

  it('says which signature was refused', async () => {
    const other = await simulateS3();
    const { store, module } = await open(other.environment);
    other.fault('PutObject', 'unsigned');
    expect(await messageOf(store.put(acme, 'x', Buffer.from('x')))).toMatch(/SignatureDoesNotMatch; correct/);
    await module.close();
    await other.server.stop();
  });

  it('reads what a client has put into its documents bucket of NATS, and what lay there before', async () => {
    const bytes = randomBytes(500_000);
    const objects = await new Objm(nats).create(documentsBucket(acme));
    await objects.putBlob({ name: 'Rechnung März.pdf' }, bytes);
    const reference = await opened.store.locate(acme, 'Rechnung März.pdf');
    expect(sha256(await opened.store.read(reference))).toBe(sha256(bytes));
    const { store, module } = await open({});
    const before = await store.put(acme, 'sources/before', Buffer.from('before'));
    expect(Buffer.from(await opened.store.read(before)).toString()).toBe('before');
    expect(Buffer.from(await buffer(await opened.store.open(before))).toString()).toBe('before');
    expect(await opened.eraser.eraseBlobs(acme, [before, reference])).toBe(2);
    expect(await codeOf(opened.store.read(before))).toBe('document-not-found');
    await module.close();
  });

  it('erases every version where the bucket keeps them', async () => {
    const own = await simulateS3();
    own.bucket.keepsVersions = true;
    const { store, eraser, module } = await open(own.environment);
    for (let version = 0; version < 5; version += 1) await store.put(acme, 'layouts/job-1/0-1.json', randomBytes(10));
    const source = await store.put(acme, 'sources/1', randomBytes(10));
    await store.put(acme, 'sources/10', randomBytes(10));
    expect(own.bucket.versions).toHaveLength(7);
    expect(await eraser.eraseBlobs(acme, [source])).toBe(1);
    expect(await eraser.eraseUnder({ tenant: acme, jobId: 'job-1' as never })).toBe(1);
    expect(own.bucket.versions.map(({ key }) => key)).toEqual(['waybill/acme/sources/10']);
    await module.close();
    await own.server.stop();
  });

  it('erases from a server that knows of no versions, too', async () => {
    const own = await simulateS3();
    own.without('ListObjectVersions');
    const { eraser, store, module } = await open(own.environment);
    for (let page = 0; page < 8; page += 1) await store.put(acme, `layouts/job-1/0-${page}.json`, randomBytes(10));
    await store.put(acme, 'batched/job-1/call', randomBytes(10));
    expect(await eraser.eraseUnder({ tenant: acme, jobId: 'job-1' as never })).toBe(9);
    expect(own.bucket.versions).toEqual([]);
    await module.close();
    await own.server.stop();
  });

  it('holds sealed bytes where content is encrypted', async () => {
    const marker = Buffer.from('Zanzibarwort');
    const mirrored: Sealer = {
      isOn: true,
      seal: async (_tenant, _context, bytes) => Uint8Array.from(bytes, (byte) => byte ^ 0xff),
      async *sealStream(_tenant, _context, chunks) {
        for await (const chunk of chunks) yield Uint8Array.from(chunk, (byte) => byte ^ 0xff);
      },
      open: async (_tenant, _context, bytes) => Uint8Array.from(bytes, (byte) => byte ^ 0xff),
      async *openStream(_tenant, _context, chunks) {
        for await (const chunk of chunks) yield Uint8Array.from(chunk, (byte) => byte ^ 0xff);
      },
    };
    const { store, module } = await open(s3.environment, mirrored);
    const reference = await store.put(acme, 'sources/sealed', marker);
    expect(s3.bucket.find(reference.key)?.includes(marker)).toBe(false);
    expect(Buffer.from(await store.read(reference)).equals(marker)).toBe(true);
    expect((await buffer(await store.open(reference))).equals(marker)).toBe(true);
    await module.close();
  });

  it('is examined by writing, reading and removing, and by its lifecycle rules', async () => {
    const own = await simulateS3();
    const examine = () => examineDocumentStore(loadEnvironment(own.environment));
    const place = `s3://papers/waybill at ${own.server.url}`;
    expect((await examine()).remarks).toEqual([
      expect.stringMatching(/No lifecycle rule removes what is left under waybill\/; add one with .* 8 days/),
      expect.stringMatching(/No lifecycle rule removes uploads that broke off/),
    ]);
    expect(own.operations.slice(0, 5)).toEqual([
      ...['HeadBucket', 'PutObject', 'GetObject', 'ListObjectVersions', 'DeleteObject'],
    ]);
    expect(own.bucket.versions).toEqual([]);
    const rule = (days: number) =>
      `<Status>Enabled</Status><Filter><Prefix>waybill/</Prefix></Filter><Expiration><Days>${days}</Days></Expiration>` +
      '<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>';
    own.bucket.lifecycle = rule(3);
    expect((await examine()).remarks).toEqual([expect.stringMatching(/removes documents after 3 days/)]);
    own.bucket.lifecycle = rule(8);
    expect(await examine()).toEqual({ place, remarks: [] });
    own.fault('DeleteObject', 'access-denied');
    expect(await examine()).toMatchObject({
      failure: expect.stringMatching(/could not erase .*AccessDenied; correct/),
    });
    await own.server.stop();
  });

  it('holds nothing but what lies under its prefix', () => {
    expect(keysKept().every((key) => key.startsWith('waybill/acme/') || key.startsWith('waybill/other/'))).toBe(true);
  });
});
