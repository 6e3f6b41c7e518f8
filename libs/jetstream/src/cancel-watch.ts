import { DeliverPolicy, jetstream, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { everyJobSubject, jobOfEventSubject, streams } from '@waybill/contracts';
import { whenReconnected } from '@waybill/nats-answers';
import type { Logger } from 'pino';
import { jobKeyOf } from './job-limits.js';

/** Cancelled jobs remembered. A forgotten one costs wasted work only: its final state is decided already. */
const rememberedJobs = 50_000;
const restartAfterMs = 1_000;

/** Knows which jobs were asked to be cancelled, from the stream's first event on, and tells of new ones as they come. */
export class CancelWatch {
  private readonly cancelled = new Set<string>();
  private messages: ConsumerMessages | undefined;
  private restart: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly log: Logger,
    private readonly onCancel: (jobKey: string) => void,
  ) {}

  has(jobKey: string): boolean {
    return this.cancelled.has(jobKey);
  }

  /** Resolves when everything asked for so far is known. */
  async start(): Promise<void> {
    const consumer = await jetstream(this.connection).consumers.get(streams.events.name, {
      filter_subjects: everyJobSubject('job-cancel-requested'),
      deliver_policy: DeliverPolicy.All,
    });
    const { num_pending: pending } = await consumer.info();
    const messages = await consumer.consume();
    this.messages = messages;
    // What the server had sent into a connection that broke is heard from the first request on again.
    const forget = whenReconnected(this.connection, () => messages.stop());
    await new Promise<void>((caughtUp) => {
      if (pending === 0) caughtUp();
      void this.follow(messages, caughtUp).finally(caughtUp).finally(forget);
    });
  }

  /** May be called twice. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.restart);
    await this.messages?.close();
  }

  private async follow(messages: ConsumerMessages, caughtUp: () => void): Promise<void> {
    try {
      for await (const message of messages) {
        this.note(message);
        if (message.info.pending === 0) caughtUp();
      }
    } catch (error) {
      this.log.warn({ err: error }, 'Cancel requests are not heard for a moment.');
    }
    this.startLater();
  }

  private startLater(): void {
    if (this.stopped) return;
    this.restart = setTimeout(() => {
      this.start().catch((error: unknown) => {
        this.log.error({ err: error }, 'Cancel requests are not heard; trying again.');
        this.startLater();
      });
    }, restartAfterMs);
  }

  private note(message: JsMsg): void {
    const job = jobOfEventSubject(message.subject);
    if (!job) return;
    const jobKey = jobKeyOf(job.tenant, job.jobId);
    this.cancelled.add(jobKey);
    if (this.cancelled.size > rememberedJobs) this.cancelled.delete(this.cancelled.values().next().value ?? '');
    this.onCancel(jobKey);
  }
}
