/** $1 tenant, $2 now. Budgets by name, each with what is spent and reserved in its present window. */
export const listBudgets = {
  name: 'list-budgets',
  text: `
  SELECT budgets.name, budgets.span AS "window", budgets.over, budgets.tag, budgets.job_id AS "jobId",
    budgets.cap_usd AS "capUsd", coalesce(spending.cost_usd, 0) AS "spentUsd", held.most_usd AS "reservedUsd"
  FROM budgets
  LEFT JOIN spending ON spending.tenant = budgets.tenant
    AND spending.scope = CASE WHEN budgets.span = 'job' THEN 'job:' || budgets.job_id
      WHEN budgets.tag IS NOT NULL THEN 'tag:' || budgets.tag ELSE '' END
    AND spending.span = CASE budgets.span WHEN 'job' THEN 'total' ELSE budgets.span END
    AND spending.starts_at = CASE WHEN budgets.span IN ('job', 'total') THEN 'epoch'::timestamptz
      ELSE date_trunc(budgets.span, $2::timestamptz, 'UTC') END
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(most_usd), 0) AS most_usd
    FROM reservations
    WHERE tenant = budgets.tenant AND lease_until > $2::timestamptz
      AND (budgets.job_id IS NULL OR job_id = budgets.job_id) AND (budgets.tag IS NULL OR budgets.tag = ANY (tags))
  ) AS held
  WHERE budgets.tenant = $1
  ORDER BY budgets.name`,
} as const;

/** $1 tenant. The lock that reservations share; see `waybill_reserve`. */
export const lockTenant = 'SELECT pg_advisory_xact_lock(7924302, hashtext($1))';

/** $1 tenant, $2 name, $3 window, $4 cap in USD, $5 reaction, $6 tag or null, $7 job or null, $8 now. */
export const putBudget = `
  INSERT INTO budgets (tenant, name, span, cap_usd, over, tag, job_id, changed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (tenant, name) DO UPDATE SET span = excluded.span, cap_usd = excluded.cap_usd, over = excluded.over,
    tag = excluded.tag, job_id = excluded.job_id, changed_at = excluded.changed_at`;

/** $1 tenant, $2 name. */
export const removeBudget = `
  WITH removed AS (DELETE FROM budgets WHERE tenant = $1 AND name = $2 RETURNING 1)
  SELECT count(*) AS removed FROM removed`;
