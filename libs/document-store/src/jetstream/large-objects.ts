import { ReadableStream } from 'node:stream/web';
import type { JetStreamClient, JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { Objm, setSha256Backend, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import { documentsBucket, type BlobReference, type Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import type { StoreOptions } from './store-options.js';
import { isMissing } from './translated.js';

const nanosecondsPerMs = 1_000_000;

setSha256Backend('native');

/** Objects in each tenant's documents bucket, as the plain NATS clients write and read them. */
export class LargeObjects {
  private readonly buckets = new Map<string, Promise<ObjectStore>>();
  private readonly objects: Objm;

  constructor(
    client: JetStreamClient,
    private readonly manager: JetStreamManager,
    private readonly options: StoreOptions,
  ) {
    this.objects = new Objm(client);
  }

  /** Creates the tenant's bucket if it is missing; one that is there is taken as it is. */
  async prepare(tenant: Tenant): Promise<void> {
    await this.bucketOf(documentsBucket(tenant));
  }

  /** Chunks that were written before a failure are removed. */
  async put(tenant: Tenant, key: string, bytes: AsyncIterable<Uint8Array>): Promise<BlobReference> {
    const bucket = documentsBucket(tenant);
    const stream: globalThis.ReadableStream<Uint8Array> = ReadableStream.from<Uint8Array>(bytes);
    try {
      const store = await this.bucketOf(bucket);
      return referenceOf(await store.put({ name: key }, stream));
    } catch (error) {
      // The bucket may have been deleted meanwhile; the next attempt creates it again.
      this.buckets.delete(bucket);
      throw error;
    }
  }

  async read(reference: BlobReference): Promise<Uint8Array> {
    const chunks = await this.chunks(reference);
    const bytes = Buffer.allocUnsafe(reference.sizeBytes);
    let filled = 0;
    for await (const chunk of chunks) {
      bytes.set(chunk, filled);
      filled += chunk.length;
    }
    return bytes.subarray(0, filled);
  }

  /** The chunks one by one, asked for when the reader wants them, so that memory stays at one chunk. */
  async chunks(reference: BlobReference): Promise<AsyncGenerator<Uint8Array>> {
    const info = await this.describe(reference.bucket, reference.key);
    if (!info || info.size !== reference.sizeBytes || hexOfDigest(info.digest) !== reference.sha256) {
      throw new StageError(
        'document-not-found',
        `The object ${reference.key} in ${reference.bucket} is gone or was replaced; submit the document again.`,
      );
    }
    return this.chunksOf(info);
  }

  async locate(tenant: Tenant, object: string): Promise<BlobReference> {
    const bucket = documentsBucket(tenant);
    const info = await this.describe(bucket, object);
    if (!info) {
      throw new StageError(
        'document-not-found',
        `There is no object ${object} in the bucket ${bucket}; put it there before you submit its name.`,
      );
    }
    if (info.options?.link) {
      throw new StageError('document-not-found', `The object ${object} is a link; put the document itself.`);
    }
    return referenceOf(info);
  }

  async remove(reference: BlobReference): Promise<void> {
    const store = await this.bucketOf(reference.bucket);
    await store.delete(reference.key);
  }

  private async *chunksOf(info: ObjectInfo): AsyncGenerator<Uint8Array> {
    const subject = `$O.${info.bucket}.C.${info.nuid}`;
    let sequence = 0;
    for (let index = 0; index < info.chunks; index += 1) {
      const message = await this.nextMessage(`OBJ_${info.bucket}`, { seq: sequence + 1, next_by_subj: subject });
      if (!message) {
        throw new StageError('document-not-found', `The object ${info.name} was removed while it was read.`);
      }
      sequence = message.seq;
      yield message.data;
    }
  }

  /** Any replica may answer; where it has nothing, the leader is asked before the message counts as missing. */
  private async nextMessage(stream: string, query: { seq: number; next_by_subj: string }): Promise<StoredMsg | null> {
    return (
      (await noneIfMissing(this.manager.direct.getMessage(stream, query))) ??
      (await noneIfMissing(this.manager.streams.getMessage(stream, query)))
    );
  }

  private async describe(bucket: string, name: string): Promise<ObjectInfo | undefined> {
    const store = await this.bucketOf(bucket);
    const info = await noneIfMissing(store.info(name));
    return info && !info.deleted ? info : undefined;
  }

  private bucketOf(name: string): Promise<ObjectStore> {
    const known = this.buckets.get(name);
    if (known) return known;
    const opened = this.objects.create(name, {
      description: 'Documents of one Waybill tenant, from its clients and from intake.',
      ttl: this.options.keepMs * nanosecondsPerMs,
      replicas: this.options.replicas,
    });
    this.buckets.set(name, opened);
    // A bucket that could not be opened is tried again by the next caller.
    opened.catch(() => this.buckets.delete(name));
    return opened;
  }
}

/** `SHA-256=<base64url>` as clients write it, in lower-case hex as references carry it. */
export function hexOfDigest(digest: string): string {
  const [algorithm, value = ''] = digest.split(/=(.*)/s);
  return algorithm === 'SHA-256' ? Buffer.from(value, 'base64url').toString('hex') : '';
}

const referenceOf = (info: ObjectInfo): BlobReference => ({
  bucket: info.bucket,
  key: info.name,
  sizeBytes: info.size,
  sha256: hexOfDigest(info.digest),
});

const noneIfMissing = <Value>(answer: Promise<Value | null>): Promise<Value | null> =>
  answer.catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
