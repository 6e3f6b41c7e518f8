import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobReference, Tenant } from '@waybill/contracts';
import { StageError, type BlobDescription, type DocumentStore } from '@waybill/jobs';
import { limitBytes, type ByteSource } from '../byte-stream.js';
import { s3Failure } from './s3-failure.js';
import type { S3Bytes, S3Objects } from './s3-objects.js';
import { bucketName } from './s3-settings.js';

/** A download that breaks off is gone on with so often. */
const mostBreaks = 3;

/**
 * Bytes in a bucket of S3, under `<prefix><tenant>/<key>`. What clients have put into their documents buckets of NATS,
 * and what was stored before the bucket was configured, is read where it lies.
 */
export class S3DocumentStore implements DocumentStore {
  constructor(
    private readonly objects: S3Objects,
    private readonly inNats: DocumentStore,
  ) {}

  async put(
    tenant: Tenant,
    key: string,
    bytes: Readable | Uint8Array,
    description: BlobDescription = {},
  ): Promise<BlobReference> {
    const { maxBytes = Number.MAX_SAFE_INTEGER, mediaType } = description;
    const { place } = this.objects;
    const fullKey = `${place.prefix}${tenant}/${key}`;
    const passing = new PassingBytes(limitBytes(bytes instanceof Readable ? bytes : [bytes], maxBytes));
    await this.objects.put(fullKey, passing.chunks());
    return { bucket: bucketName(place), key: fullKey, ...passing.facts(), ...(mediaType ? { mediaType } : {}) };
  }

  async read(reference: BlobReference): Promise<Uint8Array> {
    if (!this.#holds(reference)) return await this.inNats.read(reference);
    const bytes = Buffer.allocUnsafe(reference.sizeBytes);
    let filled = 0;
    for await (const chunk of this.#checked(reference, await this.#begin(reference))) {
      bytes.set(chunk, filled);
      filled += chunk.length;
    }
    return bytes;
  }

  async open(reference: BlobReference): Promise<Readable> {
    if (!this.#holds(reference)) return await this.inNats.open(reference);
    return Readable.from(this.#checked(reference, await this.#begin(reference)), { objectMode: false });
  }

  locate(tenant: Tenant, object: string): Promise<BlobReference> {
    return this.inNats.locate(tenant, object);
  }

  async remove(reference: BlobReference): Promise<void> {
    if (this.#holds(reference)) await this.objects.erase(reference.key);
    else await this.inNats.remove(reference);
  }

  #holds({ bucket, key }: BlobReference): boolean {
    const { place } = this.objects;
    return bucket === bucketName(place) && key.startsWith(place.prefix);
  }

  async #begin(reference: BlobReference): Promise<S3Bytes> {
    const found = await this.objects.get(reference.key, 0, undefined);
    if (found) return found;
    throw new StageError('document-not-found', `${reference.key} is not in the document store any more.`);
  }

  /** The bytes as they come; an error before more, or instead of the end, when they are not those referred to. */
  async *#checked(reference: BlobReference, begun: S3Bytes): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    let passed = 0;
    for await (const chunk of this.#unbroken(reference, begun)) {
      passed += chunk.length;
      if (passed > reference.sizeBytes) throw otherBytes(reference);
      hash.update(chunk);
      yield chunk;
    }
    if (passed !== reference.sizeBytes || hash.digest('hex') !== reference.sha256) throw otherBytes(reference);
  }

  /** A connection that breaks costs what was under way, not the whole of a large document. */
  async *#unbroken({ key, sizeBytes }: BlobReference, begun: S3Bytes): AsyncGenerator<Uint8Array> {
    let [current, from] = [begun, 0];
    for (let breaks = 0; ; breaks += 1) {
      try {
        for await (const chunk of current.bytes) {
          from += chunk.length;
          yield chunk;
        }
        return;
      } catch (error) {
        if (from >= sizeBytes) return;
        if (breaks >= mostBreaks) throw s3Failure(`read ${key}`, error);
      }
      const next = await this.objects.get(key, from, begun.version);
      if (!next) throw new StageError('document-not-found', `The object ${key} was removed while it was read.`);
      current = next;
    }
  }
}

/** Counts and digests what passes. */
class PassingBytes {
  private readonly hash = createHash('sha256');
  private sizeBytes = 0;

  constructor(private readonly source: ByteSource) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source) {
      this.sizeBytes += chunk.length;
      this.hash.update(chunk);
      yield chunk;
    }
  }

  facts(): Pick<BlobReference, 'sizeBytes' | 'sha256'> {
    return { sizeBytes: this.sizeBytes, sha256: this.hash.digest('hex') };
  }
}

const otherBytes = (reference: BlobReference): StageError =>
  new StageError(
    'document-not-found',
    `The bytes of ${reference.key} are not those that were accepted; submit the document again.`,
  );
