import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Tenant } from '@waybill/contracts';
import type { AnswerJournal, JournalEntry } from '@waybill/llm-routing';
import { plainSealer, type Sealer } from '@waybill/sealing';
import type { SealedStoreOptions } from './store-options.js';
import { translated } from './translated.js';

export const answersBucket = 'waybill-paid-answers';
const pack = promisify(gzip);
const unpack = promisify(gunzip);
const contextOf = (key: string): string => `answer ${key}`;

/**
 * Paid answers in a key-value bucket under `<tenant>.<digest of the key>`. What is larger than the server's payload
 * limit is refused by the server: an answer of that size ends its job as unavailable rather than being paid twice.
 */
export class JetStreamAnswerJournal implements AnswerJournal {
  private constructor(
    private readonly answers: KV,
    private readonly sealer: Sealer,
  ) {}

  /** @throws StageError `unavailable` when the server cannot be asked. */
  static async open(
    nats: NatsConnection,
    { keepMs, replicas, sealer }: SealedStoreOptions,
  ): Promise<JetStreamAnswerJournal> {
    return await translated('open the journal of paid answers', async () => {
      const kvm = new Kvm(jetstream(nats));
      await kvm.create(answersBucket, { ttl: keepMs, replicas, history: 1 });
      // The leader is asked: by a replica that has not heard of an answer yet it would be paid twice.
      const answers = await kvm.open(answersBucket, { allow_direct: false });
      return new JetStreamAnswerJournal(answers, sealer ?? plainSealer);
    });
  }

  async find(tenant: Tenant, key: string): Promise<JournalEntry | undefined> {
    return await translated('look for a paid answer', async () => {
      const entry = await this.answers.get(placeOfAnswer(tenant, key));
      if (entry?.operation !== 'PUT') return undefined;
      const packed = await this.sealer.open(tenant, contextOf(key), entry.value);
      return JSON.parse((await unpack(packed)).toString()) as JournalEntry;
    });
  }

  async keep(tenant: Tenant, key: string, entry: JournalEntry): Promise<void> {
    await translated('keep a paid answer', async () => {
      const value = await this.sealer.seal(tenant, contextOf(key), await pack(JSON.stringify(entry)));
      await this.answers.put(placeOfAnswer(tenant, key), value);
    });
  }
}

export const placeOfAnswer = (tenant: Tenant, key: string): string =>
  `${tenant}.${createHash('sha256').update(key).digest('hex')}`;
