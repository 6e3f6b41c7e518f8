import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection, QueuedIterator } from '@nats-io/transport-node';
import { buckets } from '@waybill/contracts';
import { isWrongLastSequence, whenReconnected } from '@waybill/nats-answers';
import { ConfigurationError } from '@waybill/platform';
import type { Logger } from 'pino';

/** An entry as it stands in the bucket; without a value when it was deleted. */
export interface StoredEntry {
  readonly value: string | undefined;
  readonly revision: number;
}

const watchAgainAfterMs = 1_000;

export interface RouteBucketOptions {
  readonly log: Logger;
  /** What a call waits for at most before the server counts as away. */
  readonly answerWithinMs: number;
}

/** The bucket that workers share: exact reads, compare-and-set, and one watch. */
export class RouteBucket {
  private watching: QueuedIterator<KvWatchEntry> | undefined;
  private restart: NodeJS.Timeout | undefined;
  private isStopped = false;

  private constructor(
    private readonly connection: NatsConnection,
    private readonly entries: KV,
    private readonly options: RouteBucketOptions,
  ) {}

  /** @throws ConfigurationError when provisioning has not made the bucket. */
  static async open(connection: NatsConnection, options: RouteBucketOptions): Promise<RouteBucket> {
    const { name } = buckets.routeState;
    const client = jetstream(connection, { timeout: options.answerWithinMs });
    // Any replica may answer a direct read; what is compared and set has to come from the leader.
    const entries = await new Kvm(client).open(name, { allow_direct: false });
    await entries.status().catch((error: unknown) => {
      throw new ConfigurationError(
        `There is no bucket ${name}; run \`waybill provision\`, or start the service with WAYBILL_PROVISION_AT_START=true.`,
        { cause: error },
      );
    });
    return new RouteBucket(connection, entries, options);
  }

  async read(key: string): Promise<StoredEntry> {
    const entry = await this.entries.get(key);
    if (!entry) return { value: undefined, revision: 0 };
    return { value: entry.operation === 'PUT' ? entry.string() : undefined, revision: entry.revision };
  }

  /** Writes if the entry still stands at `revision`, 0 for none. @returns the new revision, or undefined if it does not */
  async write(key: string, value: string, revision: number): Promise<number | undefined> {
    try {
      return await this.entries.put(key, value, { previousSeq: revision, timeout: this.options.answerWithinMs });
    } catch (error) {
      if (isWrongLastSequence(error)) return undefined;
      throw error;
    }
  }

  /** Tells of every entry, and of every change until `stop`. Resolves when everything that is there has been told. */
  async watch(onEntry: (key: string, entry: StoredEntry) => void): Promise<void> {
    const { values } = await this.entries.status();
    const watching = await this.entries.watch();
    this.watching = watching;
    // What the server had sent into a connection that broke is told by a new watch.
    const forget = whenReconnected(this.connection, () => watching.stop());
    await new Promise<void>((caughtUp) => {
      if (values === 0) caughtUp();
      // Entries may have gone between the two questions; then none of them is the last one.
      setTimeout(caughtUp, this.options.answerWithinMs).unref();
      void this.follow(watching, onEntry, caughtUp).finally(caughtUp).finally(forget);
    });
  }

  /** May be called twice. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.restart);
    this.watching?.stop();
  }

  private async follow(
    watching: QueuedIterator<KvWatchEntry>,
    onEntry: (key: string, entry: StoredEntry) => void,
    caughtUp: () => void,
  ): Promise<void> {
    try {
      for await (const entry of watching) {
        const value = entry.operation === 'PUT' ? entry.string() : undefined;
        onEntry(entry.key, { value, revision: entry.revision });
        if (entry.isUpdate) caughtUp();
      }
    } catch (error) {
      this.options.log.warn({ err: error }, 'What other workers learn about models is not heard for a moment.');
    }
    this.watchLater(onEntry);
  }

  private watchLater(onEntry: (key: string, entry: StoredEntry) => void): void {
    if (this.isStopped) return;
    this.restart = setTimeout(() => {
      this.watch(onEntry).catch((error: unknown) => {
        this.options.log.warn({ err: error }, 'What other workers learn about models is not heard; trying again.');
        this.watchLater(onEntry);
      });
    }, watchAgainAfterMs).unref();
  }
}
