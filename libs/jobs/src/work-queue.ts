import type { AnswerJobWork, DeliverWebhookWork, ReadPageWork, ReasoningLane, Tenant } from '@waybill/contracts';

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

/** Port: whether the queues have room for another job. */
export interface RoomGauge {
  /** The name of a queue that has none; undefined while all have. */
  fullQueue(): Promise<string | undefined>;
}

/** How a consumer stands: the name of its contract, messages not yet taken, messages held or to come again. */
export interface LaneReading {
  readonly consumer: string;
  readonly waiting: number;
  readonly underWay: number;
  /** When the oldest message that is not settled was published. */
  readonly oldestAt?: Date;
}

/** Port: what stands in the queues and in the dead letters. Failures are `StageError`s: `unavailable` (retryable). */
export interface LaneGauge {
  /** Every consumer, over all tenants. */
  lanes(): Promise<LaneReading[]>;
  /** What one tenant has in the queues, waiting or under way alike; other consumers are not in it. */
  lanesOf(tenant: Tenant): Promise<LaneReading[]>;
  deadLetters(tenant: Tenant): Promise<number>;
  /** Of all tenants. */
  allDeadLetters(): Promise<number>;
}
