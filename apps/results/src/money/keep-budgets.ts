import type { BudgetView, BudgetWish, Tenant } from '@waybill/contracts';
import type { BudgetBook } from '@waybill/llm-routing';

/** What a tenant's jobs may spend, and how that stands. */
export class KeepBudgets {
  constructor(private readonly book: BudgetBook) {}

  list(tenant: Tenant): Promise<BudgetView[]> {
    return this.book.list(tenant);
  }

  /** Undefined when the tenant has none of that name. */
  async find(tenant: Tenant, name: string): Promise<BudgetView | undefined> {
    return (await this.book.list(tenant)).find((candidate) => candidate.name === name);
  }

  /** @returns the budget as it stands; undefined when somebody has removed it meanwhile. */
  async set(tenant: Tenant, name: string, wish: BudgetWish): Promise<BudgetView | undefined> {
    await this.book.put(tenant, { name, ...wish });
    return await this.find(tenant, name);
  }

  /** False when there is none of that name. */
  remove(tenant: Tenant, name: string): Promise<boolean> {
    return this.book.remove(tenant, name);
  }
}
