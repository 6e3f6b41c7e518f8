import { answerLineWorkSchema, consumers, tendBatchWorkSchema, type DeadLetter } from '@waybill/contracts';
import { completed, outcomeOf, type BatchBook, type BatchQueue, type Clock, type Outcome } from '@waybill/jobs';

/** Ends a line that was given up as unanswered, and a batch that cannot be taken further as failed. */
export class EndGivenUp {
  constructor(
    private readonly book: BatchBook,
    private readonly queue: BatchQueue,
    private readonly clock: Clock,
  ) {}

  /** A letter whose message cannot be read is left as it is: there is nothing to end. */
  async run(letter: DeadLetter): Promise<Outcome> {
    return await outcomeOf(async () => {
      await this.end(letter);
      return completed();
    });
  }

  private async end({ stage, failure, original }: DeadLetter): Promise<void> {
    const payload = payloadOf(original.payload);
    const { code, message } = failure;
    if (stage === consumers.answerLine.name) {
      const { data: work } = answerLineWorkSchema.safeParse(payload);
      if (!work) return;
      if (await this.book.end(work, work.line, { kind: 'none', code, message }))
        await this.queue.tend(work, 'answered');
      return;
    }
    const { data: batch } = tendBatchWorkSchema.safeParse(payload);
    if (!batch) return;
    const errors = [{ code, message, line: null, param: null }];
    const open = ['validating', 'in_progress', 'finalizing', 'cancelling'] as const;
    await this.book.change(batch, open, { to: 'failed', at: this.clock.now(), errors });
  }
}

function payloadOf(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString());
  } catch {
    return undefined;
  }
}
