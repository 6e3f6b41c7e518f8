import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { tenantSchema } from '@waybill/contracts';
import { StageError, type BlobEraser, type DocumentStore } from '@waybill/jobs';
import { expect, it } from '@jest/globals';

/** What every document store is asked in the same words. */
export interface StoreUnderTest {
  readonly store: DocumentStore;
  readonly eraser: BlobEraser;
  /** How many objects or messages lie where large documents do, finished or not. */
  kept(): Promise<number>;
  /** A store whose server cannot be reached any more, after it has stored this. */
  orphan(bytes: Uint8Array): Promise<{ store: DocumentStore; reference: Awaited<ReturnType<DocumentStore['put']>> }>;
}

export const acme = tenantSchema.parse('acme');
const other = tenantSchema.parse('other');
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StageError);
  return (error as StageError).failure.code;
};

export function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The port's promises, as tests of the suite that calls it. @param sizes where the store changes how it keeps bytes */
export function documentStoreContract(underTest: () => StoreUnderTest, sizes: readonly number[]): void {
  it.each(sizes)('gives back %d bytes, at once and as a stream, with their digest', async (size) => {
    const { store } = underTest();
    const bytes = randomBytes(size);
    for (const source of [bytes, Readable.from(pieces(bytes, 70_001))]) {
      const reference = await store.put(acme, `sources/${size}`, source, { mediaType: 'image/png' });
      expect(reference).toMatchObject({ sizeBytes: size, sha256: sha256(bytes), mediaType: 'image/png' });
      expect(Buffer.compare(await store.read(reference), bytes)).toBe(0);
      expect(Buffer.compare(await buffer(await store.open(reference)), bytes)).toBe(0);
    }
  });

  it('keeps tenants apart', async () => {
    const { store } = underTest();
    const theirs = await store.put(other, 'same-key', Buffer.from('theirs'));
    const ours = await store.put(acme, 'same-key', Buffer.from('ours'));
    expect(Buffer.from(await store.read(theirs)).toString()).toBe('theirs');
    expect(Buffer.from(await store.read(ours)).toString()).toBe('ours');
  });

  it.each([50_000, 10_000_000])(
    'refuses more than the limit of %d bytes midstream and leaves nothing',
    async (maxBytes) => {
      const { store, kept } = underTest();
      const before = await kept();
      const piece = randomBytes(10_000);
      let read = 0;
      async function* endless() {
        for (; read < 10_000; read += 1) yield piece;
      }
      expect(await codeOf(store.put(acme, 'too-large', Readable.from(endless()), { maxBytes }))).toBe('too-large');
      expect(read).toBeLessThan(maxBytes / 10_000 + 20);
      expect(await kept()).toBe(before);
    },
  );

  it.each([900_000, 9_000_000])('passes on the error of a source that breaks off after %d bytes', async (size) => {
    const { store, kept } = underTest();
    const before = await kept();
    async function* broken() {
      yield randomBytes(size);
      throw new Error('the client went away');
    }
    await expect(store.put(acme, 'broken', Readable.from(broken()))).rejects.toThrow('the client went away');
    expect(await kept()).toBe(before);
  });

  it.each([10, 400_000])('removes a blob of %d bytes', async (size) => {
    const { store } = underTest();
    const reference = await store.put(acme, 'removable', randomBytes(size));
    await store.remove(reference);
    expect(await codeOf(store.read(reference))).toBe('document-not-found');
    expect(await codeOf(store.open(reference).then(buffer))).toBe('document-not-found');
  });

  it.each([10, 400_000])('notices %d bytes that are not those referred to', async (size) => {
    const { store } = underTest();
    const reference = await store.put(acme, 'changed', randomBytes(size));
    const forged = { ...reference, sha256: sha256(Buffer.from('else')) };
    expect(await codeOf(store.read(forged))).toBe('document-not-found');
    expect(await codeOf(store.open(forged).then(buffer))).toBe('document-not-found');
    await store.put(acme, 'changed', randomBytes(size + 1));
    expect(await codeOf(store.read(reference))).toBe('document-not-found');
    expect(await codeOf(store.open(reference).then(buffer))).toBe('document-not-found');
  });

  it.each([10, 400_000])('erases %d bytes of their tenant, and no other’s', async (size) => {
    const { store, eraser } = underTest();
    const reference = await store.put(acme, 'erasable', randomBytes(size));
    expect(await eraser.eraseBlobs(other, [reference])).toBe(0);
    await store.read(reference);
    expect(await eraser.eraseBlobs(acme, [reference])).toBe(1);
    expect(await eraser.eraseBlobs(acme, [reference])).toBe(0);
    expect(await codeOf(store.read(reference))).toBe('document-not-found');
  });

  it('erases what reading has written of a job, and nothing of another job', async () => {
    const { store, eraser } = underTest();
    const put = (key: string, tenant = acme) => store.put(tenant, key, randomBytes(300_000));
    const gone = [
      await put('layouts/job-1/0-1.json'),
      await put('layouts/job-1/0-2.json'),
      await put('pages/job-1/0-1.jpg'),
    ];
    const stay = [await put('layouts/job-10/0-1.json'), await put('layouts/job-1/0-1.json', other)];
    expect(await eraser.eraseUnder({ tenant: acme, jobId: 'job-1' as never })).toBe(3);
    for (const reference of gone) expect(await codeOf(store.read(reference))).toBe('document-not-found');
    for (const reference of stay) await store.read(reference);
  });

  it('is unavailable, and says so, when its server is gone', async () => {
    const { store, reference } = await underTest().orphan(Buffer.from('x'));
    const error = await store.read(reference).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ retryable: true, failure: { code: 'unavailable' } });
    expect(await codeOf(store.put(acme, 'orphan', Buffer.from('x')))).toBe('unavailable');
  });
}
