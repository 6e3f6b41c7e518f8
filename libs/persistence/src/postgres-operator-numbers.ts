import { countedJobsAtMost, type JobActivity, type Tenant } from '@waybill/contracts';
import type { BudgetUse, OperatorNumbers } from '@waybill/jobs';
import type { Database } from './database.js';

/** $1 now, $2 how many are counted at most. By the index of jobs that have not finished. */
const openJobs = `
  SELECT CASE WHEN status = 'waiting' AND waiting_until <= $1 THEN 'processing' ELSE status END AS status,
    count(*)::int AS jobs
  FROM (SELECT status, waiting_until FROM jobs WHERE finished_at IS NULL LIMIT $2) AS unfinished GROUP BY 1`;

/** $1 now, $2 how many. A budget that each job has for itself has no one standing. */
const budgetUses = `
  SELECT budgets.tenant, budgets.name AS budget, budgets.span AS "window",
    ((coalesce(spending.cost_usd, 0) + held.most_usd) / budgets.cap_usd)::float8 AS "usedRatio"
  FROM budgets
  LEFT JOIN spending ON spending.tenant = budgets.tenant
    AND spending.scope = CASE WHEN budgets.tag IS NOT NULL THEN 'tag:' || budgets.tag ELSE '' END
    AND spending.span = budgets.span
    AND spending.starts_at = CASE WHEN budgets.span = 'total' THEN 'epoch'::timestamptz
      ELSE date_trunc(budgets.span, $1::timestamptz, 'UTC') END
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(most_usd), 0) AS most_usd FROM reservations
    WHERE tenant = budgets.tenant AND lease_until > $1::timestamptz AND (budgets.tag IS NULL OR budgets.tag = ANY (tags))
  ) AS held
  WHERE budgets.span <> 'job' AND budgets.cap_usd > 0
  ORDER BY 4 DESC, 1, 2 LIMIT $2`;

/** $1 now. */
const spentToday = `
  SELECT coalesce(sum(cost_usd), 0)::float8 AS usd FROM spending
  WHERE scope = '' AND span = 'day' AND starts_at = date_trunc('day', $1::timestamptz, 'UTC')`;

/** What operators watch, from the projection and the ledger's sums. */
export class PostgresOperatorNumbers implements OperatorNumbers {
  constructor(private readonly database: Database) {}

  async openJobs(now: Date): Promise<JobActivity['open']> {
    type Row = { readonly status: keyof JobActivity['open']; readonly jobs: number };
    const rows = await this.database.execute<Row>(openJobs, [now, countedJobsAtMost]);
    const open = { queued: 0, processing: 0, waiting: 0 };
    for (const { status, jobs } of rows) open[status] += jobs;
    return open;
  }

  async budgetUses(now: Date, limit: number): Promise<BudgetUse[]> {
    return await this.database.execute<BudgetUse & { readonly tenant: Tenant }>(budgetUses, [now, limit]);
  }

  async spentToday(now: Date): Promise<number> {
    const [row] = await this.database.execute<{ readonly usd: number }>(spentToday, [now]);
    return row?.usd ?? 0;
  }
}
