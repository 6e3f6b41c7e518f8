import type { BatchBook, BatchQueue, Clock } from '@waybill/jobs';
import type { Sweep } from '@waybill/platform';

export interface SweepTools {
  readonly book: BatchBook;
  readonly queue: BatchQueue;
  readonly clock: Clock;
}

/** A step that has lasted so long was probably lost. */
const quietMs = 60_000;

/** Finds batches whose time is over, and those that were written down but not queued, and has them tended. */
export class SweepBatches implements Sweep {
  readonly name = 'batches that stand still';

  constructor(private readonly tools: SweepTools) {}

  async run(): Promise<void> {
    const { book, queue, clock } = this.tools;
    const now = clock.now();
    const due = await book.due(now, new Date(now.getTime() - quietMs));
    for (const batch of due) await queue.tend(batch, `sweep-${Math.floor(now.getTime() / quietMs)}`);
  }
}
