import {
  completed,
  deferred,
  failedRetryable,
  failedTerminal,
  jobKeyOf,
  StageError,
  type Clock,
  type JobProjection,
  type Outcome,
  type RecordedEvent,
} from '@waybill/jobs';
import type { JobKey } from '@waybill/contracts';
import type { Logger } from 'pino';
import type { DateRetention } from '../retention/date-retention.js';
import type { QueueWebhook } from '../webhooks/queue-webhook.js';

/** How long a batch waits for a database that is away. */
const patienceMs = 1_500;

/** Does work about a job in the trace that its event came with. */
export type InTraceOf = <Result>(job: JobKey, work: () => Result) => Result;

/** Projects events, then sees to the webhooks of the jobs that are final. */
export class RecordEvents {
  constructor(
    private readonly projection: JobProjection,
    private readonly webhooks: QueueWebhook,
    private readonly clock: Clock,
    private readonly retention: DateRetention,
  ) {}

  /**
   * The outcome is for the whole batch. While Postgres is away it is a deferral, however long that lasts. An event that
   * can never be stored fails its batch; run one by one, only that event becomes a dead letter.
   */
  async record(events: readonly RecordedEvent[], log: Logger, inTraceOf: InTraceOf): Promise<Outcome> {
    try {
      const { ended, refused } = await this.projection.record(events);
      for (const job of ended.filter(({ accepted }) => accepted?.callback))
        await inTraceOf(jobKeyOf(job), () => this.webhooks.finalState(job));
      await this.retention.date(ended);
      const [first] = refused;
      if (!first) return completed();
      const message = `The event ${first.recorded.sequence} cannot be stored: ${first.reason}`;
      return events.length === 1
        ? failedTerminal({ code: 'internal', message })
        : failedRetryable({ code: 'internal', message });
    } catch (error) {
      if (!(error instanceof StageError) || !error.retryable) throw error;
      log.warn({ events: events.length }, error.message);
      return deferred(new Date(this.clock.now().getTime() + patienceMs), error.message);
    }
  }
}
