import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  consumers,
  deadLetterSchema,
  everyJobSubject,
  jobFinishedSchema,
  streams,
  type DeadLetter,
} from '@waybill/contracts';
import { orMissing, whenReconnected } from '@waybill/nats-answers';
import { patient } from '../../support/index.js';
import { whenLed } from './when-led.js';

/** What became of each job, as the streams tell it. */
export interface Ends {
  /** Final states by job id; more than one entry for a job would be a broken promise. */
  readonly finals: ReadonlyMap<string, readonly string[]>;
  readonly deadLetters: readonly DeadLetter[];
}

/** A consumer that dies with its node is made anew after two missed heartbeats. */
const noticesSoon = { expires: 2_000, idle_heartbeat: 500 };

const noticeEveryMs = 60_000;

/**
 * Listens for final states from the start, so that a test can wait for the signal instead of asking again and again,
 * and reads the whole story from the streams afterwards.
 */
export class LedgerOfEnds {
  private readonly seen = new Set<string>();
  private waiters: { readonly count: number; readonly resolve: () => void }[] = [];

  private constructor(private readonly connection: NatsConnection) {}

  static async open(natsUrl: string): Promise<LedgerOfEnds> {
    const connection = await connect({ servers: natsUrl.split(','), maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    const ledger = new LedgerOfEnds(connection);
    void ledger.listen();
    return ledger;
  }

  /** Resolves when `count` different jobs have reached a final state. */
  async ended(count: number): Promise<void> {
    if (this.seen.size >= count) return;
    const notices = setInterval(() => void this.tell(count), noticeEveryMs).unref();
    await new Promise<void>((resolve) => this.waiters.push({ count, resolve }));
    clearInterval(notices);
  }

  get endedCount(): number {
    return this.seen.size;
  }

  /** Reads every final state and dead letter that the streams hold. */
  async read(): Promise<Ends> {
    const finals = new Map<string, string[]>();
    for (const payload of await this.readAll(streams.events.name, everyJobSubject('job-finished'))) {
      const event = jobFinishedSchema.parse(payload);
      finals.set(event.jobId, [...(finals.get(event.jobId) ?? []), event.status]);
    }
    const letters = await this.readAll(streams.deadLetters.name, '>');
    return { finals, deadLetters: letters.map((letter) => deadLetterSchema.parse(letter)) };
  }

  /**
   * Messages still waiting or under way, by stream, as the consumers of the contract count them: a server whose disk was full
   * may still hold a message whose ack it has taken. Nothing is left when every queue is empty and every event is recorded.
   */
  async unsettled(): Promise<Record<string, number>> {
    const manager = await jetstreamManager(this.connection, patient);
    const held: Record<string, number> = {};
    const counted = Object.values(consumers).map(async ({ stream, name }) => {
      const info = await whenLed(() => manager.consumers.info(streams[stream].name, name)).catch(unknownForNow);
      const count = info ? info.num_pending + info.num_ack_pending : 1;
      if (count > 0) held[streams[stream].name] = (held[streams[stream].name] ?? 0) + count;
    });
    await Promise.all(counted);
    return held;
  }

  /** Should the wait never end, the run's output says where the jobs were. */
  private async tell(count: number): Promise<void> {
    const held = await this.unsettled().then(JSON.stringify, String);
    process.stderr.write(`Still waiting: ${this.seen.size} of ${count} jobs have ended; in the queues: ${held}\n`);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  /**
   * From the beginning again should a consumer end with its node, or the connection have been lost with what was under way:
   * what has been seen is seen once more.
   */
  private async listen(): Promise<void> {
    while (!this.connection.isClosed()) {
      await this.hear().catch(() => undefined);
      await pause(100);
    }
  }

  private async hear(): Promise<void> {
    const consumer = await jetstream(this.connection, {}).consumers.get(streams.events.name, {
      filter_subjects: everyJobSubject('job-finished'),
    });
    const messages = await consumer.consume(noticesSoon);
    const forget = whenReconnected(this.connection, () => messages.stop());
    for await (const message of messages) this.note(message.subject);
    forget();
  }

  private note(subject: string): void {
    this.seen.add(subject);
    const reached = this.waiters.filter(({ count }) => this.seen.size >= count);
    this.waiters = this.waiters.filter((waiter) => !reached.includes(waiter));
    for (const { resolve } of reached) resolve();
  }

  /** Asks the leader for one after the other, so that nothing is missed whatever becomes of the connection. */
  private async readAll(stream: string, filter: string): Promise<unknown[]> {
    const manager = await jetstreamManager(this.connection, patient);
    const payloads: unknown[] = [];
    for (let from = 1; ;) {
      const query = { seq: from, next_by_subj: filter };
      const message = await whenLed(() => orMissing(manager.streams.getMessage(stream, query)));
      if (!message) return payloads;
      payloads.push(message.json());
      from = message.seq + 1;
    }
  }
}

/** Of a consumer that its cluster cannot tell of for a moment nobody knows, so something may be left. */
function unknownForNow(error: unknown): undefined {
  if (!(error instanceof JetStreamApiError)) throw error;
}
