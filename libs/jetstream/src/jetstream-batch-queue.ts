import {
  answerLineSubject,
  tendBatchSubject,
  type AnswerLineWork,
  type BatchKey,
  type TendBatchWork,
} from '@waybill/contracts';
import { messageIds, type BatchQueue } from '@waybill/jobs';
import type { Publisher } from './publisher.js';

/** The steps and lines of batches, in a work-queue stream of their own. Failures are `StageError`s. */
export class JetstreamBatchQueue implements BatchQueue {
  constructor(private readonly publisher: Publisher) {}

  async tend({ tenant, batchId }: BatchKey, occasion: string): Promise<void> {
    const work: TendBatchWork = { version: 1, tenant, batchId };
    const messageId = messageIds.tendBatch(work, occasion);
    await this.publisher.publish(tendBatchSubject(tenant), JSON.stringify(work), { messageId });
  }

  async answerLine(work: AnswerLineWork): Promise<void> {
    const messageId = messageIds.answerLine(work, work.line);
    await this.publisher.publish(answerLineSubject(work.tenant), JSON.stringify(work), { messageId });
  }
}
