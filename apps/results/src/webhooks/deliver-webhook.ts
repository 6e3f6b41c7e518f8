import type { DeliverWebhookWork, Failure } from '@waybill/contracts';
import {
  completed,
  failedRetryable,
  failedTerminal,
  retryDelayMs,
  toJobView,
  webhookRetryPolicy,
  type Clock,
  type JobState,
  type MessageContext,
  type Outcome,
  type WebhookAttempt,
  type WebhookLog,
} from '@waybill/jobs';
import type { FindJob } from '../jobs/find-job.js';
import type { PostAnswer, WebhookSender } from './webhook-sender.js';
import { webhooksDisabled, type WebhookSettings } from './webhook-settings.js';

interface Ports {
  readonly jobs: FindJob;
  readonly log: WebhookLog;
  readonly clock: Clock;
}

/** Posts one final state, notes the attempt, and says whether another one is worth it. */
export class DeliverWebhook {
  constructor(
    private readonly ports: Ports,
    private readonly sender: WebhookSender,
    private readonly settings: WebhookSettings,
  ) {}

  /** @throws StageError `unavailable` while neither Postgres nor the event stream answers */
  async deliver(work: DeliverWebhookWork, context: Pick<MessageContext, 'attempt' | 'signal'>): Promise<Outcome> {
    const { jobs, log } = this.ports;
    if (!this.settings.secret) return failedTerminal(failure(webhooksDisabled));
    if (await log.isDelivered(work, work.deliveryId)) return completed();
    const job = await jobs.find(work);
    if (!job?.finished) return failedTerminal(failure(`The job ${work.jobId} is not known to have finished.`));
    const begun = this.ports.clock.now();
    const post = { url: work.callback.url, id: deliveryName(work), message: messageOf(job, begun) };
    const answer = await this.sender.post(post, this.settings.secret, context.signal);
    const verdict = judge(answer);
    const durationMs = this.ports.clock.now().getTime() - begun.getTime();
    await log.record({ ...attemptOf(work, answer), ...verdict, attempt: context.attempt, at: begun, durationMs });
    return outcomeOf(verdict, context.attempt);
  }
}

type Verdict = Pick<WebhookAttempt, 'outcome' | 'reason'>;

function judge({ status, reason, isForbidden }: PostAnswer): Verdict {
  if (isForbidden) return { outcome: 'gone', ...(reason ? { reason } : {}) };
  if (status === null) return { outcome: 'failed', reason: `The callback did not answer (${reason ?? 'no reason'}).` };
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  if (status === 410) return { outcome: 'gone', reason: 'The callback answered 410: it is gone for good.' };
  return { outcome: 'failed', reason: `The callback answered ${status}; it must answer with a status of 2xx.` };
}

function outcomeOf({ outcome, reason = '' }: Verdict, attempt: number): Outcome {
  switch (outcome) {
    case 'delivered':
      return completed();
    case 'gone':
      return failedTerminal(failure(reason));
    case 'failed':
      return failedRetryable(failure(reason), retryDelayMs(attempt, webhookRetryPolicy, Math.random()));
  }
}

const failure = (message: string): Failure => ({ code: 'unavailable', message });

/** No full stops: the convention joins the parts that it signs with them. */
const deliveryName = ({ tenant, jobId, deliveryId }: DeliverWebhookWork): string => `${tenant}_${jobId}_${deliveryId}`;

const attemptOf = (work: DeliverWebhookWork, { status }: PostAnswer) => ({
  job: { tenant: work.tenant, jobId: work.jobId },
  deliveryId: work.deliveryId,
  url: work.callback.url,
  status,
});

function messageOf(job: JobState, now: Date) {
  const data = toJobView(job, { now });
  const { at: timestamp, status } = job.finished ?? { at: data.createdAt, status: 'failed' as const };
  return { type: `job.${status}` as const, timestamp, data };
}
