import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobReference, Tenant } from '@waybill/contracts';
import { StageError, type BlobDescription, type DocumentStore } from '@waybill/jobs';
import type { ByteChunks, Sealer } from './sealer.js';

const context = 'blob';

/**
 * Encrypts whatever is put into a document store. References speak of the bytes as they were handed in; beside that,
 * `sealed` says what lies in the store. Objects that clients put there themselves are read as they are.
 */
export class SealedDocumentStore implements DocumentStore {
  constructor(
    private readonly store: DocumentStore,
    private readonly sealer: Sealer,
  ) {}

  async put(
    tenant: Tenant,
    key: string,
    bytes: Readable | Uint8Array,
    { maxBytes, mediaType }: BlobDescription = {},
  ): Promise<BlobReference> {
    const measured = new Measured(bytes instanceof Readable ? bytes : [bytes], maxBytes);
    const sealed = this.sealer.sealStream(tenant, context, measured.chunks());
    const stored = await this.store.put(tenant, key, Readable.from(sealed, { objectMode: false }));
    return {
      ...stored,
      ...measured.facts(),
      ...(mediaType ? { mediaType } : {}),
      sealed: { tenant, sizeBytes: stored.sizeBytes, sha256: stored.sha256 },
    };
  }

  async read(reference: BlobReference): Promise<Uint8Array> {
    if (!reference.sealed) return await this.store.read(reference);
    const bytes = await this.store.read(asStored(reference));
    const opened = await this.sealer.open(reference.sealed.tenant as Tenant, context, bytes);
    if (digest(opened) !== reference.sha256) throw mismatch(reference);
    return opened;
  }

  async open(reference: BlobReference): Promise<Readable> {
    if (!reference.sealed) return await this.store.open(reference);
    const stored = await this.store.open(asStored(reference));
    const opened = this.sealer.openStream(reference.sealed.tenant as Tenant, context, stored);
    return Readable.from(checked(reference, opened), { objectMode: false });
  }

  locate(tenant: Tenant, object: string): Promise<BlobReference> {
    return this.store.locate(tenant, object);
  }

  remove(reference: BlobReference): Promise<void> {
    return this.store.remove(asStored(reference));
  }
}

/** Counts and digests what passes, and refuses more than is allowed. */
class Measured {
  private readonly hash = createHash('sha256');
  private sizeBytes = 0;

  constructor(
    private readonly source: ByteChunks,
    private readonly maxBytes = Number.MAX_SAFE_INTEGER,
  ) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source) {
      this.sizeBytes += chunk.length;
      if (this.sizeBytes > this.maxBytes) {
        const sentence = `A document may have at most ${this.maxBytes} bytes; send a smaller one.`;
        throw new StageError('too-large', sentence);
      }
      this.hash.update(chunk);
      yield chunk;
    }
  }

  facts(): Pick<BlobReference, 'sizeBytes' | 'sha256'> {
    return { sizeBytes: this.sizeBytes, sha256: this.hash.digest('hex') };
  }
}

function asStored({ sealed, ...reference }: BlobReference): BlobReference {
  if (!sealed) return reference;
  return { ...reference, sizeBytes: sealed.sizeBytes, sha256: sealed.sha256 };
}

async function* checked(reference: BlobReference, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== reference.sha256) throw mismatch(reference);
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const mismatch = (reference: BlobReference): StageError =>
  new StageError(
    'document-not-found',
    `The bytes of ${reference.key} are not those that were accepted; submit the document again.`,
  );
