import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';

/** One look at what is over its time, or waits to be tended, and what has to be done about it. */
export interface Sweep {
  /** What is looked for, for the log. */
  readonly name: string;
  /** Ends early, and may reject, when the service stops. */
  run(signal: AbortSignal): Promise<void>;
}

/** Looks again and again as long as the service runs, one look after the other; what fails now is tried at a later look. */
export class RepeatedSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stop = new AbortController();
  private readonly failing = new Set<Sweep>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  /** @param everyMs asked before each look, since a policy may change it */
  constructor(
    private readonly sweeps: readonly Sweep[],
    private readonly everyMs: () => number,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.sweeps.length === 0 || this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.sweeping = this.look().finally(() => this.onApplicationBootstrap());
    }, this.everyMs());
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.stop.abort();
    await this.sweeping;
  }

  private async look(): Promise<void> {
    for (const sweep of this.sweeps) {
      if (!this.stop.signal.aborted) await this.run(sweep);
    }
  }

  /** Never rejects. A failure is said once, until a look succeeds again. */
  private async run(sweep: Sweep): Promise<void> {
    try {
      await sweep.run(this.stop.signal);
      this.failing.delete(sweep);
    } catch (err) {
      if (!this.failing.has(sweep) && !this.stop.signal.aborted) this.tell(sweep, err);
      this.failing.add(sweep);
    }
  }

  /** What says itself that it may succeed later is expected now and then; everything else is a bug. */
  private tell({ name }: Sweep, err: unknown): void {
    const mayPass = (err as { retryable?: unknown } | null)?.retryable === true;
    if (mayPass) this.logger.warn({ err }, `Looking for ${name} is not possible now; trying again.`);
    else this.logger.error({ err }, `Looking for ${name} failed; trying again.`);
  }
}
