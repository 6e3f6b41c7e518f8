import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { StageError } from '@waybill/jobs';
import type { Logger } from 'pino';

/** One look at what is over its time, and what has to be done about it. */
export interface Sweep {
  /** What is looked for, for the log. */
  readonly name: string;
  run(): Promise<void>;
}

/** Looks every `everyMs`, one look after the other. */
export class RepeatedSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly sweeps: readonly Sweep[],
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
      this.sweeping = this.look().finally(() => this.schedule());
    }, this.everyMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    for (const sweep of this.sweeps) await this.run(sweep);
  }

  /** Never rejects: what fails now is tried again at the next look. */
  private async run(sweep: Sweep): Promise<void> {
    try {
      await sweep.run();
    } catch (error) {
      if (error instanceof StageError) this.logger.warn(error.message);
      else this.logger.error({ err: error }, `looking for ${sweep.name} failed`);
    }
  }
}
