import type { JobKey } from '@waybill/contracts';
import type { Picodollars } from '../money/picodollars.js';

/** A paid call that was neither settled nor released in time: nobody knows whether it was paid. */
export interface ExpiredLease {
  readonly job: JobKey;
  readonly model: string;
  readonly attempt: number;
  readonly most: Picodollars;
}

/** Port: leases that are over. Failures are `StageError`s: `unavailable` (retryable). */
export interface LeaseBook {
  /** Marks leases that are over at `moment` as expired, at most `limit`. @returns those marked now, by nobody before. */
  markExpired(moment: Date, limit: number): Promise<ExpiredLease[]>;
}
