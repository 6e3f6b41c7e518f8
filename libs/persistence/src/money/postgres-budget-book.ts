import type { Budget, BudgetView, JobId, Tenant } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import { picodollarsOfDecimal, usdOf, windowAt, type BudgetBook } from '@waybill/llm-routing';
import type { Database } from '../database.js';
import * as statements from './budget-statements.js';

interface StandingRow extends Pick<Budget, 'name' | 'window' | 'over'> {
  readonly tag: string | null;
  readonly jobId: JobId | null;
  readonly capUsd: string;
  readonly spentUsd: string;
  readonly reservedUsd: string;
}

/** Budgets in Postgres. */
export class PostgresBudgetBook implements BudgetBook {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(tenant: Tenant): Promise<BudgetView[]> {
    const now = this.clock.now();
    const rows = await this.database.execute<StandingRow>(statements.listBudgets, [tenant, now]);
    return rows.map((row) => viewOf(row, now));
  }

  async put(tenant: Tenant, { name, window, capUsd, over, tag, job }: Budget): Promise<void> {
    await this.changing(tenant, async (execute) => {
      const values = [tenant, name, window, capUsd, over, tag ?? null, job ?? null, this.clock.now()];
      await execute(statements.putBudget, values);
    });
  }

  async remove(tenant: Tenant, name: string): Promise<boolean> {
    return await this.changing(tenant, async (execute) => {
      const [row] = await execute<{ removed: number }>(statements.removeBudget, [tenant, name]);
      return Number(row?.removed) > 0;
    });
  }

  /** Waits for reservations under way, and makes later ones wait: none of them misses the change. */
  private async changing<Result>(
    tenant: Tenant,
    change: (execute: Database['execute']) => Promise<Result>,
  ): Promise<Result> {
    return await this.database.transaction(async (execute) => {
      await execute(statements.lockTenant, [tenant]);
      return await change(execute);
    });
  }
}

/** Each job has its own standing under a budget of all jobs; there is no one number then. */
function viewOf({ tag, jobId, capUsd, spentUsd, reservedUsd, ...facts }: StandingRow, now: Date): BudgetView {
  const { name, window, over } = facts;
  const [cap, spent, reserved] = [capUsd, spentUsd, reservedUsd].map(picodollarsOfDecimal) as [bigint, bigint, bigint];
  const left = cap - spent - reserved;
  const { startsAt, endsAt } = windowAt(window, now);
  const isOneStanding = window !== 'job' || jobId !== null;
  return {
    name,
    window,
    capUsd: usdOf(cap),
    over,
    ...(tag === null ? {} : { tag }),
    ...(jobId === null ? {} : { job: jobId }),
    ...(isOneStanding
      ? { spentUsd: usdOf(spent), reservedUsd: usdOf(reserved), leftUsd: left > 0n ? usdOf(left) : 0 }
      : {}),
    ...(endsAt ? { windowStartsAt: startsAt.toISOString(), windowEndsAt: endsAt.toISOString() } : {}),
  };
}
