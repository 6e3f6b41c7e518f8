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
  /** What may be shown of a credential. */
  readonly key?: string;
  /** Groups shown, the dearest first. */
  readonly limit: number;
}

/** Whose rows are added up. Every tenant's are for those who operate the stack. */
export type UsageOwner = { readonly kind: 'tenant'; readonly tenant: Tenant } | { readonly kind: 'every-tenant' };

/** Port: the ledger, added up. Failures are `StageError`s: `unavailable` (retryable). */
export interface UsageBook {
  usage(owner: UsageOwner, question: UsageQuestion): Promise<UsageView>;
}
