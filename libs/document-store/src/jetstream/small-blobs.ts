import { createHash } from 'node:crypto';
import type { JetStreamClient } from '@nats-io/jetstream';
import { Kvm, type KV, type KvEntry } from '@nats-io/kv';
import type { BlobReference, Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { isMissing } from '@waybill/nats-answers';
import type { StoreOptions } from './store-options.js';

export const blobsBucket = 'waybill-blobs';
const blobBytesLimit = 262_144;
/** Subject, headers and protocol of a message count towards the server's payload limit. */
const overheadBytes = 4_096;

/**
 * Blobs of one message each, in one key-value bucket for all tenants. Keys are `<tenant>.<key>`, so that subject
 * permissions can tell tenants apart.
 */
export class SmallBlobs {
  private constructor(
    private readonly fast: KV,
    private readonly exact: KV,
    /** What fits into one message here. */
    readonly maxBlobBytes: number,
  ) {}

  static async open(client: JetStreamClient, options: StoreOptions, maxPayloadBytes: number): Promise<SmallBlobs> {
    const kvm = new Kvm(client);
    const fast = await kvm.create(blobsBucket, {
      description: 'Layouts, page images and documents of at most 256 KiB.',
      history: 1,
      ttl: options.keepMs,
      replicas: options.replicas,
    });
    const exact = await kvm.open(blobsBucket, { allow_direct: false });
    return new SmallBlobs(fast, exact, Math.min(blobBytesLimit, maxPayloadBytes - overheadBytes));
  }

  holds(reference: BlobReference): boolean {
    return reference.bucket === blobsBucket;
  }

  async put(tenant: Tenant, key: string, bytes: Uint8Array): Promise<BlobReference> {
    const fullKey = `${tenant}.${key}`;
    await this.fast.put(fullKey, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { bucket: blobsBucket, key: fullKey, sizeBytes: bytes.length, sha256 };
  }

  /** Any replica may answer, which is fast; one that has not heard of the key yet is not believed, the leader is. */
  async read(reference: BlobReference): Promise<Uint8Array> {
    const entry = (await find(this.fast, reference.key)) ?? (await find(this.exact, reference.key));
    if (!entry) {
      throw new StageError('document-not-found', `${reference.key} is not in the document store any more.`);
    }
    return entry.value;
  }

  async remove(reference: BlobReference): Promise<void> {
    await this.fast.purge(reference.key);
  }
}

async function find(blobs: KV, key: string): Promise<KvEntry | undefined> {
  try {
    const entry = await blobs.get(key);
    return entry?.operation === 'PUT' ? entry : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
