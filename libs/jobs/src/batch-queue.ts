import type { AnswerLineWork, BatchKey } from '@waybill/contracts';

/** Port: work on batches, durable when the promise resolves. Fixed message ids make a repeat harmless. */
export interface BatchQueue {
  /** Has the batch taken a step further. @param occasion what made it due: the same occasion is queued once */
  tend(batch: BatchKey, occasion: string): Promise<void>;
  answerLine(work: AnswerLineWork): Promise<void>;
}
