import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { PullRequests, type PullSource } from './pull-requests.js';

/** How wide a loop runs: so many messages side by side, or one batch of at most so many at a time. */
export type PullWidth = { readonly slots: number } | { readonly batchSize: number };

export interface PullWork {
  /** Runs messages to their settlement; never rejects. */
  run(messages: readonly [Msg, ...Msg[]]): Promise<void>;
  /** Gives back a message that came after the loop was told to stop; never rejects. */
  release(message: Msg): Promise<void>;
}

/**
 * Keeps the slots of one consumer filled. Messages asked for and messages under way never exceed the slots together, so
 * no message waits here while its ack wait runs. For batches that means: one is under way, and the next gathers meanwhile
 * and begins without a round trip.
 */
export class PullLoop {
  private readonly requests: PullRequests;
  private readonly underWay = new Set<Promise<void>>();
  private readonly gathered: Msg[] = [];
  private messagesUnderWay = 0;
  private refillIsDue = false;
  private stopping: Promise<void> | undefined;

  constructor(
    connection: NatsConnection,
    source: PullSource,
    private readonly width: PullWidth,
    private readonly work: PullWork,
  ) {
    this.requests = new PullRequests(connection, source, {
      onMessage: (message) => this.take(message),
      onEnd: () => this.refillSoon(),
    });
  }

  start(): void {
    this.requests.start();
    this.refill();
  }

  forgetRequests(): void {
    this.requests.forget();
  }

  tick(nowMs: number): void {
    this.requests.tick(nowMs);
  }

  /** Stops asking; resolves when nothing is on its way here any more. May be called twice. */
  stop(): Promise<void> {
    this.stopping ??= this.requests.stop().then(() => {
      for (const message of this.gathered.splice(0)) this.track(this.work.release(message), 1);
    });
    return this.stopping;
  }

  /** Resolves when everything under way has been settled. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private take(message: Msg): void {
    if (this.stopping) {
      this.track(this.work.release(message), 1);
    } else if ('slots' in this.width) {
      this.track(this.work.run([message]), 1);
    } else {
      this.gathered.push(message);
      // What the same read of the socket brings makes one batch.
      if (this.gathered.length === 1) queueMicrotask(() => this.runGathered());
    }
  }

  /** Nothing while a batch is under way: the next one begins when it ends. */
  private runGathered(): void {
    if (!('batchSize' in this.width) || this.messagesUnderWay > 0 || this.stopping) return;
    const [first, ...rest] = this.gathered.splice(0, this.width.batchSize);
    if (first) this.track(this.work.run([first, ...rest]), rest.length + 1);
  }

  private track(work: Promise<void>, count: number): void {
    this.messagesUnderWay += count;
    const tracked = work.finally(() => {
      this.underWay.delete(tracked);
      this.messagesUnderWay -= count;
      this.runGathered();
      this.refillSoon();
    });
    this.underWay.add(tracked);
  }

  /** One request for all slots that became free in this turn of the event loop. */
  private refillSoon(): void {
    if (this.refillIsDue || this.stopping) return;
    this.refillIsDue = true;
    setImmediate(() => {
      this.refillIsDue = false;
      this.refill();
    });
  }

  private refill(): void {
    if (this.stopping) return;
    const { outstanding } = this.requests;
    const free = this.slots - this.messagesUnderWay - this.gathered.length - outstanding;
    if (free > 0 && outstanding <= this.slots / 2) this.requests.ask(free);
  }

  private get slots(): number {
    return 'slots' in this.width ? this.width.slots : 2 * this.width.batchSize;
  }
}
