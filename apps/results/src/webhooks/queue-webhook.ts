import { randomUUID } from 'node:crypto';
import { jobKeyOf, type Clock, type JobState, type WorkQueue } from '@waybill/jobs';
import type { WebhookSettings } from './webhook-settings.js';

/** For how long a delivery is tried: longer than its retry schedule, so that a dead letter ends it and not the clock. */
const deliverWithinMs = 48 * 3_600_000;

export type Queued = { readonly kind: 'queued'; readonly deliveryId: string } | { readonly kind: 'no-callback' };

/** Queues posts to callbacks; nothing is queued while webhooks are not configured. */
export class QueueWebhook {
  constructor(
    private readonly queue: WorkQueue,
    private readonly settings: WebhookSettings,
    private readonly clock: Clock,
  ) {}

  /** The one delivery that every final state gets. Repeating it is harmless. */
  async finalState(job: JobState): Promise<void> {
    if (this.settings.isConfigured) await this.enqueue(job, 'final');
  }

  /** One more delivery, on request. Webhooks must be configured. */
  async again(job: JobState): Promise<Queued> {
    return await this.enqueue(job, `again-${randomUUID()}`);
  }

  private async enqueue(job: JobState, deliveryId: string): Promise<Queued> {
    const callback = job.accepted?.callback;
    if (!callback) return { kind: 'no-callback' };
    const deadline = new Date(this.clock.now().getTime() + deliverWithinMs).toISOString();
    await this.queue.deliverWebhook({ version: 1, ...jobKeyOf(job), deadline, deliveryId, callback });
    return { kind: 'queued', deliveryId };
  }
}
