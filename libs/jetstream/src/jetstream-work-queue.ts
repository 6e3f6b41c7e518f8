import {
  answerJobSubject,
  deliverWebhookSubject,
  readPageSubject,
  type AnswerJobWork,
  type DeliverWebhookWork,
  type ReadPageWork,
  type ReasoningLane,
} from '@waybill/contracts';
import { messageIds, type WorkQueue } from '@waybill/jobs';
import { answerJobText } from './answer-job-text.js';
import type { PageDepths } from './page-depths.js';
import type { Publisher } from './publisher.js';

/** Work for the next stage, in the work-queue streams. Failures are `StageError`s. */
export class JetstreamWorkQueue implements WorkQueue {
  constructor(
    private readonly publisher: Publisher,
    private readonly depths: PageDepths,
  ) {}

  async readPage(work: ReadPageWork): Promise<void> {
    const messageId = messageIds.readPage(work, work);
    const lane = await this.depths.place(work.tenant, work.plan.routing.priority);
    await this.publisher.publish(readPageSubject(work.tenant, lane), JSON.stringify(work), { messageId });
  }

  async answerJob(lane: ReasoningLane, work: AnswerJobWork): Promise<void> {
    const messageId = messageIds.answerJob(work, lane);
    await this.publisher.publish(answerJobSubject(work.tenant, lane), answerJobText(work), { messageId });
  }

  async deliverWebhook(work: DeliverWebhookWork): Promise<void> {
    const messageId = messageIds.deliverWebhook(work, work.deliveryId);
    await this.publisher.publish(deliverWebhookSubject(work.tenant), JSON.stringify(work), { messageId });
  }
}
