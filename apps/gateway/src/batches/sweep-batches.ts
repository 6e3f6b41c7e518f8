import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { BatchBook, BatchQueue, Clock } from '@waybill/jobs';
import type { Logger } from 'pino';

export interface SweepTools {
  readonly book: BatchBook;
  readonly queue: BatchQueue;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A step that has lasted so long was probably lost. */
const quietMs = 60_000;

/** Finds batches whose time is over, and those that were written down but not queued, and has them tended. */
export class SweepBatches implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private isFailing = false;

  constructor(
    private readonly tools: SweepTools,
    private readonly everyMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.run().finally(() => this.timer && this.onApplicationBootstrap());
    }, this.everyMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.sweeping;
  }

  /** Never rejects: what cannot be done now is done at a later look, and said once. */
  private async run(): Promise<void> {
    const { book, queue, clock, log } = this.tools;
    const now = clock.now();
    try {
      const due = await book.due(now, new Date(now.getTime() - quietMs));
      for (const batch of due) await queue.tend(batch, `sweep-${Math.floor(now.getTime() / quietMs)}`);
      this.isFailing = false;
    } catch (err) {
      if (!this.isFailing) log.warn({ err }, 'Batches cannot be looked after now; trying again.');
      this.isFailing = true;
    }
  }
}
