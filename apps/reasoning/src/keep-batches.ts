import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { BatchKeeper } from '@waybill/llm-routing';
import type { Logger } from 'pino';

/** Has batches looked after from time to time, also when every job that waited for one is over. */
export class KeepBatches implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private isFailing = false;

  /** @param keeper absent where batches are not asked for */
  constructor(
    private readonly keeper: Pick<BatchKeeper, 'round'> | undefined,
    private readonly everyMs: () => number,
    private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.keeper || this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.round = this.run().finally(() => this.onApplicationBootstrap());
    }, this.everyMs());
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.stop.abort();
    await this.round;
  }

  /** Never rejects: what cannot be done now is done at a later look, and said once. */
  private async run(): Promise<void> {
    try {
      await this.keeper?.round(this.stop.signal);
      this.isFailing = false;
    } catch (err) {
      if (!this.isFailing && !this.stop.signal.aborted) {
        this.log.warn({ err }, 'Batches at providers cannot be looked after now; trying again.');
      }
      this.isFailing = true;
    }
  }
}
