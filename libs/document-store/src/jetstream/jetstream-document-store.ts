import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { tenantSchema, type BlobReference, type Tenant } from '@waybill/contracts';
import { StageError, type BlobDescription, type DocumentStore } from '@waybill/jobs';
import { limitBytes, splitHead } from '../byte-stream.js';
import { LargeObjects } from './large-objects.js';
import { SmallBlobs } from './small-blobs.js';
import type { StoreOptions } from './store-options.js';
import { translated } from './translated.js';

/**
 * Bytes in NATS. Up to 256 KiB they are one message in a key-value bucket, one publish to store and one request to
 * read (object store: 4 and 6 round trips); larger ones are objects in the tenant's documents bucket, the same
 * bucket that clients put documents into.
 */
export class JetStreamDocumentStore implements DocumentStore {
  private constructor(
    private readonly small: SmallBlobs,
    private readonly large: LargeObjects,
  ) {}

  /**
   * Creates the buckets of the default tenant, so that a client can put a document before anything was submitted.
   * @throws StageError `unavailable` when the server cannot be asked.
   */
  static async open(nats: NatsConnection, options: StoreOptions): Promise<JetStreamDocumentStore> {
    const client = jetstream(nats);
    const maxPayloadBytes = nats.info?.max_payload ?? Infinity;
    return await translated('be opened', async () => {
      const small = await SmallBlobs.open(client, options, maxPayloadBytes);
      const large = new LargeObjects(client, await jetstreamManager(nats), options);
      await large.prepare(tenantSchema.parse('default'));
      return new JetStreamDocumentStore(small, large);
    });
  }

  async put(
    tenant: Tenant,
    key: string,
    bytes: Readable | Uint8Array,
    description: BlobDescription = {},
  ): Promise<BlobReference> {
    const { maxBytes = Number.MAX_SAFE_INTEGER, mediaType } = description;
    const source = bytes instanceof Readable ? bytes : [bytes];
    const { head, rest } = await splitHead(limitBytes(source, maxBytes), this.small.maxBlobBytes);
    const stored = await translated(`store ${key}`, () =>
      rest ? this.large.put(tenant, key, rest) : this.small.put(tenant, key, head),
    );
    return { ...stored, ...(mediaType ? { mediaType } : {}) };
  }

  async read(reference: BlobReference): Promise<Uint8Array> {
    const bytes = await translated(`read ${reference.key}`, () =>
      this.small.holds(reference) ? this.small.read(reference) : this.large.read(reference),
    );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== reference.sha256) throw digestMismatch(reference);
    return bytes;
  }

  async open(reference: BlobReference): Promise<Readable> {
    if (this.small.holds(reference)) return Readable.from([await this.read(reference)]);
    const chunks = await translated(`read ${reference.key}`, () => this.large.chunks(reference));
    return Readable.from(checked(reference, chunks), { objectMode: false });
  }

  locate(tenant: Tenant, object: string): Promise<BlobReference> {
    return translated(`find ${object}`, () => this.large.locate(tenant, object));
  }

  remove(reference: BlobReference): Promise<void> {
    return translated(`remove ${reference.key}`, () =>
      this.small.holds(reference) ? this.small.remove(reference) : this.large.remove(reference),
    );
  }
}

/** The chunks as they come; an error instead of the end when they were not the bytes referred to. */
async function* checked(reference: BlobReference, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of translatedChunks(reference, chunks)) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== reference.sha256) throw digestMismatch(reference);
}

async function* translatedChunks(reference: BlobReference, chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await translated(`read ${reference.key}`, () => iterator.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

const digestMismatch = (reference: BlobReference): StageError =>
  new StageError(
    'document-not-found',
    `The bytes of ${reference.key} are not those that were accepted; submit the document again.`,
  );
