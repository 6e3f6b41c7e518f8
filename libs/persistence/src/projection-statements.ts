/**
 * The statements of one recording transaction. Each takes a whole batch as one JSON parameter (or two arrays of keys),
 * so that their number does not grow with the batch. Rows are locked, then inserted, each in order of the key, so that
 * transactions of several replicas wait for each other and never deadlock.
 */

/** $1 tenants, $2 job ids. Locks the rows that are there and reads the states. */
export const lockRows = `
  SELECT jobs.tenant, jobs.job_id AS "jobId", jobs.accepted, jobs.planned, jobs.progress
  FROM jobs
  JOIN unnest($1::text[], $2::text[]) AS given (tenant, job_id)
    ON jobs.tenant = given.tenant AND jobs.job_id = given.job_id
  ORDER BY jobs.tenant, jobs.job_id
  FOR NO KEY UPDATE OF jobs`;

const rowColumns = `tenant text, job_id text, status text, waiting_until timestamptz, task text, tags text[],
    created_at timestamptz, deadline timestamptz, finished_at timestamptz, accepted jsonb, planned jsonb, progress jsonb`;

/** $1 `JobRow`s. Returns a row for each that was not there. Waits for transactions that are inserting the same ones. */
export const insertRows = `
  INSERT INTO jobs (tenant, job_id, status, waiting_until, task, tags, created_at, deadline, finished_at, accepted,
    planned, progress)
  SELECT tenant, job_id, status, waiting_until, task, tags, created_at, deadline, finished_at, accepted, planned, progress
  FROM jsonb_to_recordset($1::jsonb) AS given (${rowColumns})
  ORDER BY tenant COLLATE "C", job_id COLLATE "C"
  ON CONFLICT DO NOTHING
  RETURNING job_id`;

/** $1 `JobRow`s. Facts that were there before are not written again. */
export const writeRows = `
  UPDATE jobs SET
    status = given.status,
    waiting_until = given.waiting_until,
    task = given.task,
    tags = given.tags,
    created_at = given.created_at,
    deadline = given.deadline,
    finished_at = given.finished_at,
    accepted = coalesce(given.accepted, jobs.accepted),
    planned = coalesce(given.planned, jobs.planned),
    progress = given.progress
  FROM jsonb_to_recordset($1::jsonb) AS given (${rowColumns})
  WHERE jobs.tenant = given.tenant AND jobs.job_id = given.job_id`;

/** $1 page endings. */
export const writePages = `
  INSERT INTO pages
    (tenant, job_id, document, page, ended_at, attempts, layout, image, summary, times, failure)
  SELECT tenant, "jobId", document, page, at, attempts, layout, image, summary, times, failure
  FROM jsonb_to_recordset($1::jsonb) AS given (
    tenant text, "jobId" text, document int, page int, at timestamptz, attempts int, layout jsonb, image jsonb,
    summary jsonb, times jsonb, failure jsonb)
  ON CONFLICT DO NOTHING`;

/** $1 final events. */
export const writeResults = `
  INSERT INTO results (tenant, job_id, status, finished_at, result, problems, cost_usd, times)
  SELECT tenant, "jobId", status, at, result, problems, "costUsd", times
  FROM jsonb_to_recordset($1::jsonb) AS given (
    tenant text, "jobId" text, status text, at timestamptz, result jsonb, problems jsonb, "costUsd" double precision,
    times jsonb)
  ON CONFLICT DO NOTHING`;

/** $1 model uses. */
export const writeLedger = `
  INSERT INTO ledger (tenant, job_id, document, position, at, model, tier, cost_usd, duration_ms)
  SELECT tenant, "jobId", document, position, at, model, tier, "costUsd", "durationMs"
  FROM jsonb_to_recordset($1::jsonb) AS given (
    tenant text, "jobId" text, document int, position int, at timestamptz, model text, tier int, "costUsd" numeric,
    "durationMs" double precision)
  ON CONFLICT DO NOTHING`;

/**
 * $1 tenants, $2 job ids, each. What a rebuild tells anew. The rows in `jobs` stay, because others may be waiting
 * for their locks.
 */
export const forgetJobs = [
  `UPDATE jobs SET accepted = NULL, planned = NULL
   FROM unnest($1::text[], $2::text[]) AS given (tenant, job_id)
   WHERE jobs.tenant = given.tenant AND jobs.job_id = given.job_id`,
  `DELETE FROM pages USING unnest($1::text[], $2::text[]) AS given (tenant, job_id)
   WHERE pages.tenant = given.tenant AND pages.job_id = given.job_id`,
  `DELETE FROM results USING unnest($1::text[], $2::text[]) AS given (tenant, job_id)
   WHERE results.tenant = given.tenant AND results.job_id = given.job_id`,
];
