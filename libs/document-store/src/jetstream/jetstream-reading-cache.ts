import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { DiscardPolicy, jetstream, jetstreamManager, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Tenant } from '@waybill/contracts';
import type { ReadingCache, RecognisedPage } from '@waybill/document-layout';
import { isMissing } from '@waybill/nats-answers';
import { plainSealer, type Sealer } from '@waybill/sealing';
import type { SealedStoreOptions } from './store-options.js';
import { translated } from './translated.js';

export interface ReadingCacheOptions extends SealedStoreOptions {
  /** Of all tenants together; the oldest readings make room. */
  readonly maxBytes: number;
}

export const readingsBucket = 'waybill-readings';
const stream = `KV_${readingsBucket}`;
/** What the values are, for their encryption. */
const context = 'reading';
const nanosecondsPerMs = 1_000_000;
/** Subject, headers and protocol of a message count towards the server's payload limit. */
const overheadBytes = 4_096;
const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * Readings in a key-value bucket, one message each, under `<tenant>.<key>`, so that no tenant finds another's and subject
 * permissions can tell them apart. Unlike other buckets it drops the oldest when it is full.
 */
export class JetStreamReadingCache implements ReadingCache {
  private constructor(
    private readonly readings: KV,
    private readonly maxValueBytes: number,
    private readonly sealer: Sealer,
  ) {}

  /**
   * Creates the bucket, or gives one that is there the limits of `options`.
   * @throws StageError `unavailable` when the server cannot be asked, or has no such room
   */
  static async open(nats: NatsConnection, options: ReadingCacheOptions): Promise<JetStreamReadingCache> {
    const client = jetstream(nats);
    const maxPayloadBytes = nats.info?.max_payload ?? 1_048_576;
    return await translated(`give the readings ${options.maxBytes} bytes (WAYBILL_READING_CACHE_BYTES)`, async () => {
      await provide(await jetstreamManager(nats), options);
      const readings = await new Kvm(client).open(readingsBucket);
      return new JetStreamReadingCache(readings, maxPayloadBytes - overheadBytes, options.sealer ?? plainSealer);
    });
  }

  async find(tenant: Tenant, key: string): Promise<RecognisedPage | undefined> {
    try {
      const entry = await this.readings.get(`${tenant}.${key}`);
      if (entry?.operation !== 'PUT') return undefined;
      const packed = await this.sealer.open(tenant, context, entry.value);
      return JSON.parse((await unpack(packed)).toString()) as RecognisedPage;
    } catch {
      // Whatever is wrong with the cache, the page can be read.
      return undefined;
    }
  }

  async keep(tenant: Tenant, key: string, page: RecognisedPage): Promise<void> {
    try {
      const value = await this.sealer.seal(tenant, context, await pack(JSON.stringify(page)));
      if (value.length <= this.maxValueBytes) await this.readings.put(`${tenant}.${key}`, value);
    } catch {
      // The page has been read; that it will be read again costs time only.
    }
  }
}

/** As key-value buckets are made, except for what happens when one is full: buckets refuse, a cache forgets. */
async function provide(manager: JetStreamManager, { maxBytes, keepMs, replicas }: ReadingCacheOptions): Promise<void> {
  const limits = {
    max_bytes: maxBytes,
    max_age: keepMs * nanosecondsPerMs,
    num_replicas: replicas,
    discard: DiscardPolicy.Old,
  };
  try {
    await manager.streams.info(stream);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await manager.streams.add({
      ...limits,
      name: stream,
      description: 'What was read in pictures of pages, so that no page is read twice.',
      subjects: [`$KV.${readingsBucket}.>`],
      storage: StorageType.File,
      max_msgs_per_subject: 1,
      allow_direct: true,
      allow_rollup_hdrs: true,
      deny_delete: true,
      duplicate_window: Math.min(limits.max_age, 120_000 * nanosecondsPerMs),
    });
    return;
  }
  await manager.streams.update(stream, {
    ...limits,
    duplicate_window: Math.min(limits.max_age, 120_000 * nanosecondsPerMs),
  });
}
