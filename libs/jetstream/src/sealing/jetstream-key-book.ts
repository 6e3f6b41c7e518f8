import { jetstream, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { dataKeyRecordSchema, dataKeysSubject, streams, type DataKeyRecord, type Tenant } from '@waybill/contracts';
import { isWrongLastSequence, orMissing } from '@waybill/nats-answers';
import type { KeptRecord, KeyBook } from '@waybill/sealing';
import { readBatches } from '../read-batches.js';
import { reading } from '../reading.js';

const stream = streams.dataKeys.name;
const batchSize = 256;

/** Wrapped data keys in a stream of their own, one message a tenant; the server says who was first to write. */
export class JetstreamKeyBook implements KeyBook {
  constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
  ) {}

  async find(tenant: Tenant): Promise<KeptRecord | undefined> {
    // The leader is asked: a key that a replica has not heard of yet would be made twice.
    const ask = { last_by_subj: dataKeysSubject(tenant) };
    const stored = await reading('data keys', () => orMissing(this.manager.streams.getMessage(stream, ask)));
    return stored ? keptRecord(stored) : undefined;
  }

  async write(record: DataKeyRecord, revision: number): Promise<boolean> {
    const expect = { lastSubjectSequence: revision };
    return await reading('room for a data key', async () => {
      try {
        await jetstream(this.connection).publish(dataKeysSubject(record.tenant), JSON.stringify(record), { expect });
        return true;
      } catch (error) {
        if (isWrongLastSequence(error)) return false;
        throw error;
      }
    });
  }

  async all(): Promise<KeptRecord[]> {
    return await reading('data keys', async () => {
      const found: KeptRecord[] = [];
      if (!(await orMissing(this.manager.streams.info(stream)))) return found;
      for await (const batch of readBatches(this.manager, { stream, filter: dataKeysSubject('*'), batchSize })) {
        found.push(...batch.flatMap((stored) => keptRecord(stored) ?? []));
      }
      return found;
    });
  }

  /** What is left tells services that hold the keys in memory to forget them, and is no key. */
  async erase(tenant: Tenant, at: Date): Promise<void> {
    const kept = await this.find(tenant);
    if (kept)
      await reading('data keys to erase', () => this.manager.streams.deleteMessage(stream, kept.revision, true));
    await this.write({ version: 1, tenant, keys: [], erasedAt: at.toISOString() }, 0);
  }
}

function keptRecord(stored: StoredMsg): KeptRecord | undefined {
  const parsed = dataKeyRecordSchema.safeParse(stored.json<unknown>());
  return parsed.success ? { record: parsed.data, revision: stored.seq } : undefined;
}
