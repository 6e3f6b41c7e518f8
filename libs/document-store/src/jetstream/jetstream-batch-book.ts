import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { BatchBook, Kept } from '@waybill/llm-routing';
import { isWrongLastSequence } from '@waybill/nats-answers';
import { houseTenant, plainSealer, type Sealer } from '@waybill/sealing';
import type { SealedStoreOptions } from './store-options.js';
import { translated } from './translated.js';

const bucket = 'waybill-batches';
const pack = promisify(gzip);
const unpack = promisify(gunzip);
const contextOf = (key: string): string => `batched call ${key}`;

/** Calls in batches in a key-value bucket: the server keeps two workers from changing the same state. */
export class JetStreamBatchBook implements BatchBook {
  private constructor(
    private readonly records: KV,
    private readonly sealer: Sealer,
  ) {}

  /** @throws StageError `unavailable` when the server cannot be asked. */
  static async open(
    nats: NatsConnection,
    { keepMs, replicas, sealer }: SealedStoreOptions,
  ): Promise<JetStreamBatchBook> {
    return await translated('open the book of batches', async () => {
      const kvm = new Kvm(jetstream(nats));
      await kvm.create(bucket, { ttl: keepMs, replicas, history: 1 });
      // What is compared and set has to come from the leader.
      const records = await kvm.open(bucket, { allow_direct: false });
      return new JetStreamBatchBook(records, sealer ?? plainSealer);
    });
  }

  async find<Value>(key: string): Promise<Kept<Value> | undefined> {
    return await translated('look for a batched call', async () => {
      const entry = await this.records.get(key);
      if (entry?.operation !== 'PUT') return undefined;
      const packed = await this.sealer.open(houseTenant, contextOf(key), entry.value);
      return { value: JSON.parse((await unpack(packed)).toString()) as Value, revision: entry.revision };
    });
  }

  async write(key: string, value: unknown, revision: number): Promise<boolean> {
    const bytes = await this.sealer.seal(houseTenant, contextOf(key), await pack(JSON.stringify(value)));
    return await translated('keep a batched call', async () => {
      try {
        if (revision === 0) await this.records.create(key, bytes);
        else await this.records.update(key, bytes, revision);
        return true;
      } catch (error) {
        if (isWrongLastSequence(error)) return false;
        throw error;
      }
    });
  }

  async remove(key: string): Promise<void> {
    await translated('forget a batched call', () => this.records.purge(key));
  }

  async keys(prefix: string): Promise<string[]> {
    return await translated('list calls for a batch', async () => {
      const found: string[] = [];
      for await (const key of await this.records.keys(`${prefix}>`)) found.push(key);
      return found;
    });
  }
}
