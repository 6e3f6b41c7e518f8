import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Tenant } from '@waybill/contracts';
import type { AnswerJournal, JournalEntry } from '@waybill/llm-routing';
import type { StoreOptions } from './store-options.js';
import { translated } from './translated.js';

export const answersBucket = 'waybill-paid-answers';
const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * Paid answers in a key-value bucket under `<tenant>.<digest of the key>`. What is larger than the server's payload
 * limit is refused by the server: an answer of that size ends its job as unavailable rather than being paid twice.
 */
export class JetStreamAnswerJournal implements AnswerJournal {
  private constructor(private readonly answers: KV) {}

  /** @throws StageError `unavailable` when the server cannot be asked. */
  static async open(nats: NatsConnection, { keepMs, replicas }: StoreOptions): Promise<JetStreamAnswerJournal> {
    return await translated('open the journal of paid answers', async () => {
      const answers = await new Kvm(jetstream(nats)).create(answersBucket, { ttl: keepMs, replicas, history: 1 });
      return new JetStreamAnswerJournal(answers);
    });
  }

  async find(tenant: Tenant, key: string): Promise<JournalEntry | undefined> {
    return await translated('look for a paid answer', async () => {
      const entry = await this.answers.get(placeOfAnswer(tenant, key));
      if (entry?.operation !== 'PUT') return undefined;
      return JSON.parse((await unpack(entry.value)).toString()) as JournalEntry;
    });
  }

  async keep(tenant: Tenant, key: string, entry: JournalEntry): Promise<void> {
    await translated('keep a paid answer', async () => {
      await this.answers.put(placeOfAnswer(tenant, key), await pack(JSON.stringify(entry)));
    });
  }
}

export const placeOfAnswer = (tenant: Tenant, key: string): string =>
  `${tenant}.${createHash('sha256').update(key).digest('hex')}`;
