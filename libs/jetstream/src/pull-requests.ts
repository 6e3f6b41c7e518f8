import { createInbox, nanos, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';

const expiresMs = 10_000;
/** Past this, a request that was not answered at all is taken for lost. */
const lostAfterMs = expiresMs + 2_000;
const pauseAfterErrorMs = 500;

/** Who is asked: a durable pull consumer. */
export interface PullSource {
  readonly stream: string;
  readonly consumer: string;
}

export interface PullListener {
  onMessage(message: Msg): void;
  /** The server has ended a request without filling it: ask again when there is room. */
  onEnd(): void;
}

/**
 * Pull requests of one consumer, over one inbox. It counts the messages that were asked for and have neither come nor
 * been refused, because the client library's `consume` asks again as soon as messages arrive, not when they are done.
 */
export class PullRequests {
  private readonly inbox = createInbox();
  private subscription: Subscription | undefined;
  private asked = 0;
  private requests = 0;
  private forgottenRequests = 0;
  private lastRequestMs = 0;
  private pausedUntilMs = 0;

  constructor(
    private readonly connection: NatsConnection,
    private readonly source: PullSource,
    private readonly listener: PullListener,
  ) {}

  /** Messages that may still come. */
  get outstanding(): number {
    return this.asked;
  }

  start(): void {
    const callback = (error: Error | null, message: Msg): void => {
      if (!error) this.receive(message);
    };
    this.subscription = this.connection.subscribe(`${this.inbox}.*`, { callback });
  }

  /** Asks for up to `count` messages, as they come. */
  ask(count: number): void {
    if (performance.now() < this.pausedUntilMs || this.connection.isClosed()) return;
    this.asked += count;
    this.requests += 1;
    this.lastRequestMs = performance.now();
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${this.source.stream}.${this.source.consumer}`;
    const request = { batch: count, expires: nanos(expiresMs) };
    this.connection.publish(subject, JSON.stringify(request), { reply: `${this.inbox}.${this.requests}` });
  }

  /** After a reconnection no request from before it will be answered. */
  forget(): void {
    this.asked = 0;
    this.forgottenRequests = this.requests;
    this.listener.onEnd();
  }

  /** To be called now and then: takes up asking again after a loss or a pause. */
  tick(nowMs: number): void {
    if (this.asked > 0 && nowMs - this.lastRequestMs > lostAfterMs) this.forget();
    else if (this.asked === 0) this.listener.onEnd();
  }

  /** No new messages; those on their way here still arrive before this resolves. */
  async stop(): Promise<void> {
    await this.subscription?.drain();
  }

  private receive(message: Msg): void {
    const code = message.headers?.code ?? 0;
    if (code === 0) {
      this.asked = Math.max(0, this.asked - 1);
      this.listener.onMessage(message);
      return;
    }
    if (code === 100 || Number(message.subject.slice(this.inbox.length + 1)) <= this.forgottenRequests) return;
    const unanswered = Number(message.headers?.get('Nats-Pending-Messages') || this.asked);
    this.asked = Math.max(0, this.asked - unanswered);
    const isExpected = code === 404 || code === 408;
    if (!isExpected) this.pausedUntilMs = performance.now() + pauseAfterErrorMs;
    this.listener.onEnd();
  }
}
