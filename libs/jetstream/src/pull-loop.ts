import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { PullRequests, type PullSource } from './pull-requests.js';

/** How wide a loop runs: so many messages side by side, or batches of at most so many. `keyOf` says what a message is about. */
export type PullWidth = { readonly slots: number } | BatchWidth;

interface BatchWidth {
  readonly batchSize: number;
  readonly keyOf: (message: Msg) => string;
}

/** With fewer messages under way than this, another batch begins beside them; with more it gathers, so that it is worth its cost. */
const fewUnderWay = 4;

export interface PullWork {
  /** Runs messages to their settlement; never rejects. */
  run(messages: readonly [Msg, ...Msg[]]): Promise<void>;
  /** Gives back a message that came after the loop was told to stop; never rejects. */
  release(message: Msg): Promise<void>;
}

/**
 * Keeps the slots of one consumer filled. Messages asked for and messages under way never exceed the slots together, so
 * no message waits here while its ack wait runs. For batches that means: some messages are under way, and the next ones gather
 * meanwhile and begin without a round trip. What is about the same thing is never in two batches at once, and keeps its order.
 */
export class PullLoop {
  private readonly requests: PullRequests;
  private readonly underWay = new Set<Promise<void>>();
  private gathered: Msg[] = [];
  /** What the batches under way are about. */
  private readonly keysUnderWay = new Set<string>();
  private messagesUnderWay = 0;
  private refillIsDue = false;
  private batchIsDue = false;
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
      this.runGatheredSoon();
    }
  }

  /** What the same read of the socket brings makes one batch. */
  private runGatheredSoon(): void {
    if (this.batchIsDue) return;
    this.batchIsDue = true;
    queueMicrotask(() => {
      this.batchIsDue = false;
      this.runGathered();
    });
  }

  /** Nothing while enough is under way: the next batch begins when that ends. */
  private runGathered(): void {
    if (!('batchSize' in this.width) || this.messagesUnderWay >= fewUnderWay || this.stopping) return;
    const [first, ...rest] = this.takeBatch(this.width);
    if (!first) return;
    const { keyOf } = this.width;
    const keys = new Set([first, ...rest].map((message) => keyOf(message)));
    for (const key of keys) this.keysUnderWay.add(key);
    const run = this.work.run([first, ...rest]).finally(() => {
      for (const key of keys) this.keysUnderWay.delete(key);
    });
    this.track(run, rest.length + 1);
  }

  /** Takes what no batch under way is about, in order. */
  private takeBatch({ batchSize, keyOf }: BatchWidth): Msg[] {
    const batch: Msg[] = [];
    const left: Msg[] = [];
    for (const message of this.gathered) {
      const isFree = batch.length < batchSize && !this.keysUnderWay.has(keyOf(message));
      (isFree ? batch : left).push(message);
    }
    this.gathered = left;
    return batch;
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
