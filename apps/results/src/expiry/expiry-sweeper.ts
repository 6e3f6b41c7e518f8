import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { StageError } from '@waybill/jobs';
import type { Logger } from 'pino';
import type { ExpireOverdueJobs } from './expire-overdue-jobs.js';

/** Looks for overdue jobs every `everyMs`, one look after the other. */
export class ExpirySweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly jobs: ExpireOverdueJobs,
    private readonly everyMs: number,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep().finally(() => this.schedule());
    }, this.everyMs);
    this.timer.unref();
  }

  /** Never rejects: what fails now is tried again at the next look. */
  private async sweep(): Promise<void> {
    try {
      const ended = await this.jobs.expire();
      if (ended > 0) this.logger.info({ jobs: ended }, 'overdue jobs ended as expired');
    } catch (error) {
      if (error instanceof StageError) this.logger.warn(error.message);
      else this.logger.error({ err: error }, 'looking for overdue jobs failed');
    }
  }
}
