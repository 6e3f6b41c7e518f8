import type { Clock } from '@waybill/jobs';
import { usdOf, type LeaseBook } from '@waybill/llm-routing';
import type { Sweep } from '@waybill/platform';
import type { Logger } from 'pino';

const leasesAtOnce = 500;

/** Marks leases that nobody settled or released in time, and tells of each once. Their money is free without that. */
export class ExpireLeases implements Sweep {
  readonly name = 'leases that are over';

  constructor(
    private readonly book: LeaseBook,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    for (const { job, model, attempt, most } of await this.book.markExpired(this.clock.now(), leasesAtOnce)) {
      this.logger.warn(
        { ...job, model, attempt, mostUsd: usdOf(most) },
        'a paid call was neither settled nor released in time; whether it was paid is not known',
      );
    }
  }
}
