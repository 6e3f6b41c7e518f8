import type { ConsumerContract } from '@waybill/contracts';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { JobLimits } from './job-limits.js';

const ackTimeoutMs = 5_000;

/**
 * One message as a pull consumer delivered it. Everything the server tells about it stands in its reply subject:
 * `$JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<nanoseconds>.<pending>[.<token>]`.
 */
export class Delivery {
  readonly stream: string;
  readonly sequence: number;
  readonly deliveryCount: number;
  readonly publishedAt: Date;
  /** Which attempt this is; known for a redelivery once attempts have been counted. */
  attempt = 1;
  /** Set once it has been read: first as it came, then as the contract's schema gives it. */
  payload: unknown = undefined;
  limits: JobLimits | undefined = undefined;
  private settled = false;
  private readonly reply: string;

  constructor(
    readonly message: Msg,
    readonly contract: ConsumerContract,
    private readonly connection: NatsConnection,
  ) {
    this.reply = message.reply ?? '';
    const tokens = this.reply.split('.');
    const start = tokens.length === 9 ? 2 : 4;
    this.stream = tokens[start] ?? '';
    this.deliveryCount = Number(tokens[start + 2]);
    this.sequence = Number(tokens[start + 3]);
    this.publishedAt = new Date(Number(tokens[start + 5]) / 1e6);
  }

  get subject(): string {
    return this.message.subject;
  }

  /** Deliveries that were no attempts. */
  get deferrals(): number {
    return this.deliveryCount - this.attempt;
  }

  /** False once the message was acked, nak'ed or terminated: it is not ours any more. */
  get isOurs(): boolean {
    return !this.settled;
  }

  ack(): void {
    this.settle('+ACK');
  }

  /** Resolves when the server has recorded the ack. */
  async ackAck(): Promise<void> {
    if (this.settled) return;
    this.settled = true;
    await this.connection.request(this.reply, '+ACK', { timeout: ackTimeoutMs });
  }

  /** Asks for the message again after a delay in milliseconds. */
  nak(delayMs: number): void {
    this.settle(delayMs > 0 ? `-NAK ${JSON.stringify({ delay: Math.round(delayMs) * 1_000_000 })}` : '-NAK');
  }

  /** The message is never delivered again. */
  term(reason: string): void {
    this.settle(`+TERM ${reason}`);
  }

  /** Starts the ack wait anew. */
  working(): void {
    if (!this.settled) this.connection.publish(this.reply, '+WPI');
  }

  private settle(word: string): void {
    if (this.settled) return;
    this.settled = true;
    this.connection.publish(this.reply, word);
  }
}
