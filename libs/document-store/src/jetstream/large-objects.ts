import { ReadableStream } from 'node:stream/web';
import type { JetStreamClient, JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { Objm, setSha256Backend, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import { documentsBucket, type BlobReference, type Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { LRUCache } from 'lru-cache';
import { isMissing } from '@waybill/nats-answers';
import { chunksSubject, metaSubjects } from './object-subjects.js';
import type { StoreOptions } from './store-options.js';

const nanosecondsPerMs = 1_000_000;
/** Objects whose place is remembered, a few hundred bytes each. */
const rememberedObjects = 5_000;

setSha256Backend('native');

/** Objects in each tenant's documents bucket, as the plain NATS clients write and read them. */
export class LargeObjects {
  private readonly buckets = new Map<string, Promise<ObjectStore>>();
  private readonly objects: Objm;
  /** Where the chunks are that this process put or located, so that to read them soon after needs no second look. */
  private readonly places = new LRUCache<string, ObjectInfo>({ max: rememberedObjects });

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
      return this.remembered(await store.put({ name: key }, stream));
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
      if (filled + chunk.length > bytes.length) throw otherLength(reference);
      bytes.set(chunk, filled);
      filled += chunk.length;
    }
    return bytes.subarray(0, filled);
  }

  /** The chunks one by one, asked for when the reader wants them, so that memory stays at one chunk. */
  async chunks(reference: BlobReference): Promise<AsyncGenerator<Uint8Array>> {
    const place = this.places.get(placeKey(reference));
    const first = place && (await this.nextChunk(place, 0));
    if (place && first) return this.chunksOf(place, first);
    const info = await this.describe(reference.bucket, reference.key);
    if (!info || info.size !== reference.sizeBytes || hexOfDigest(info.digest) !== reference.sha256) {
      throw new StageError(
        'document-not-found',
        `The object ${reference.key} in ${reference.bucket} is gone or was replaced; submit the document again.`,
      );
    }
    return this.chunksOf(info, undefined);
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
    return this.remembered(info);
  }

  async remove(reference: BlobReference): Promise<void> {
    const store = await this.bucketOf(reference.bucket);
    await store.delete(reference.key);
  }

  /** @param first the first chunk when it is there already */
  private async *chunksOf(info: ObjectInfo, first: StoredMsg | undefined): AsyncGenerator<Uint8Array> {
    if (first) yield first.data;
    let sequence = first?.seq ?? 0;
    for (let index = first ? 1 : 0; index < info.chunks; index += 1) {
      const message = await this.nextChunk(info, sequence);
      if (!message) {
        throw new StageError('document-not-found', `The object ${info.name} was removed while it was read.`);
      }
      sequence = message.seq;
      yield message.data;
    }
  }

  private async nextChunk(info: ObjectInfo, after: number): Promise<StoredMsg | undefined> {
    const query = { seq: after + 1, next_by_subj: chunksSubject(info.bucket, info.nuid) };
    return (await this.nextMessage(`OBJ_${info.bucket}`, query)) ?? undefined;
  }

  private remembered(info: ObjectInfo): BlobReference {
    const reference = referenceOf(info);
    this.places.set(placeKey(reference), info);
    return reference;
  }

  /** Any replica may answer; where it has nothing, the leader is asked before the message counts as missing. */
  private async nextMessage(stream: string, query: { seq: number; next_by_subj: string }): Promise<StoredMsg | null> {
    return (
      (await noneIfMissing(this.manager.direct.getMessage(stream, query))) ??
      (await noneIfMissing(this.manager.streams.getMessage(stream, query)))
    );
  }

  private async describe(bucket: string, name: string): Promise<ObjectInfo | undefined> {
    await this.bucketOf(bucket);
    for (const subject of metaSubjects(bucket, name)) {
      const query = { last_by_subj: subject };
      const message = await noneIfMissing(this.manager.streams.getMessage(`OBJ_${bucket}`, query));
      const info = message?.json<ObjectInfo>();
      if (info && !info.deleted) return info;
    }
    return undefined;
  }

  private bucketOf(name: string): Promise<ObjectStore> {
    const known = this.buckets.get(name);
    if (known) return known;
    if (name.includes('://')) return Promise.reject(inAnotherStore(name));
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

/** A service that knows of no bucket, or of another one, must not take what lies there for lost. */
const inAnotherStore = (bucket: string): StageError =>
  new StageError(
    'unavailable',
    `The bytes lie in ${bucket}, which this service does not use; set WAYBILL_DOCUMENT_STORE as the other services have it.`,
    { retryable: true, retryAfterMs: 30_000 },
  );

const otherLength = ({ key, bucket, sizeBytes }: BlobReference): StageError =>
  new StageError(
    'document-not-found',
    `The object ${key} in ${bucket} has another length than the ${sizeBytes} bytes that were accepted; submit the document again.`,
  );

/** `SHA-256=<base64url>` as clients write it, in lower-case hex as references carry it. */
export function hexOfDigest(digest: string): string {
  const [algorithm, value = ''] = digest.split(/=(.*)/s);
  return algorithm === 'SHA-256' ? Buffer.from(value, 'base64url').toString('hex') : '';
}

/** Other bytes under the same name are another place. */
const placeKey = ({ bucket, key, sha256 }: BlobReference): string => `${bucket}/${sha256}/${key}`;

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
