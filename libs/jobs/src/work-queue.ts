import type { AnswerJobWork, DeliverWebhookWork, ReadPageWork, ReasoningLane } from '@waybill/contracts';

/** Port: work for the next stage, durable when the promise resolves. Fixed message ids make a repeat harmless. */
export interface WorkQueue {
  readPage(work: ReadPageWork): Promise<void>;
  answerJob(lane: ReasoningLane, work: AnswerJobWork): Promise<void>;
  deliverWebhook(work: DeliverWebhookWork): Promise<void>;
}

/** Port: how much work stands before a message in the queue of pages. */
export interface QueueGauge {
  /** Pages waiting or under way, over all tenants. */
  pagesAhead(): Promise<number>;
}
