import type { JobId, Tenant, UsageDimension, UsageView } from '@waybill/contracts';

/** What is asked of the ledger. */
export interface UsageQuestion {
  readonly by: readonly UsageDimension[];
  /** Booked at or after. */
  readonly from: Date;
  /** Booked before. */
  readonly to: Date;
  readonly tag?: string;
  readonly job?: JobId;
  readonly model?: string;
  /** Groups shown, the dearest first. */
  readonly limit: number;
}

/** Port: the ledger, added up. Failures are `StageError`s: `unavailable` (retryable). */
export interface UsageBook {
  usage(tenant: Tenant, question: UsageQuestion): Promise<UsageView>;
}
