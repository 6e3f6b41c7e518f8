import type { Budget, BudgetView, Tenant } from '@waybill/contracts';

/** Port: what tenants may spend. Failures are `StageError`s: `unavailable` (retryable). */
export interface BudgetBook {
  /** By name, each as it stands in its present window. */
  list(tenant: Tenant): Promise<BudgetView[]>;
  /** Makes it, or replaces the one of that name. The next reservation keeps it, with all that was spent before. */
  put(tenant: Tenant, budget: Budget): Promise<void>;
  /** False when there is none of that name. */
  remove(tenant: Tenant, name: string): Promise<boolean>;
}
