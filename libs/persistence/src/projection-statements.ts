import type { PreparedStatement } from './database.js';

/** $1 tenants, $2 job ids. The states as they are stored. */
export const readRows = `
  SELECT jobs.tenant, jobs.job_id AS "jobId", jobs.revision, jobs.accepted, jobs.planned, jobs.progress
  FROM jobs
  JOIN unnest($1::text[], $2::text[]) AS given (tenant, job_id)
    ON jobs.tenant = given.tenant AND jobs.job_id = given.job_id`;

/** $1 tenants, $2 job ids. Makes others wait until the transaction is over. */
export const lockRows = `
  SELECT FROM jobs
  JOIN unnest($1::text[], $2::text[]) AS given (tenant, job_id)
    ON jobs.tenant = given.tenant AND jobs.job_id = given.job_id
  ORDER BY jobs.tenant, jobs.job_id
  FOR NO KEY UPDATE OF jobs`;

const writtenRows = `
  written AS (
    INSERT INTO jobs (tenant, job_id, revision, status, waiting_until, task, tags, created_at, deadline, finished_at,
      accepted, planned, progress)
    SELECT tenant, job_id, revision, status, waiting_until, task, tags, created_at, deadline, finished_at, accepted,
      planned, progress
    FROM jsonb_to_recordset($1::jsonb) AS given (
      tenant text, job_id text, revision int, status text, waiting_until timestamptz, task text, tags text[],
      created_at timestamptz, deadline timestamptz, finished_at timestamptz, accepted jsonb, planned jsonb,
      progress jsonb)
    WHERE revision = 1
      OR revision - 1 = (
        SELECT jobs.revision FROM jobs WHERE jobs.tenant = given.tenant AND jobs.job_id = given.job_id)
    ORDER BY tenant COLLATE "C", job_id COLLATE "C"
    ON CONFLICT (tenant, job_id) DO UPDATE SET
      revision = excluded.revision,
      status = excluded.status,
      waiting_until = excluded.waiting_until,
      task = excluded.task,
      tags = excluded.tags,
      created_at = excluded.created_at,
      deadline = excluded.deadline,
      finished_at = excluded.finished_at,
      accepted = coalesce(excluded.accepted, jobs.accepted),
      planned = coalesce(excluded.planned, jobs.planned),
      progress = excluded.progress
    WHERE jobs.revision = excluded.revision - 1
    RETURNING tenant, job_id
  )`;

/** What a batch may hold besides the rows of its jobs; `$n` is the part's parameter. */
const parts = {
  pages: `
  written_pages AS (
    INSERT INTO pages (tenant, job_id, document, page, ended_at, attempts, layout, image, summary, times, failure)
    SELECT tenant, "jobId", document, page, at, attempts, layout, image, summary, times, failure
    FROM jsonb_to_recordset($n::jsonb) AS given (
      tenant text, "jobId" text, document int, page int, at timestamptz, attempts int, layout jsonb, image jsonb,
      summary jsonb, times jsonb, failure jsonb)
    ON CONFLICT DO NOTHING
  )`,
  ends: `
  written_results AS (
    INSERT INTO results (tenant, job_id, status, finished_at, result, problems, cost_usd, times)
    SELECT tenant, "jobId", status, at, result, problems, "costUsd", times
    FROM jsonb_to_recordset($n::jsonb) AS given (
      tenant text, "jobId" text, status text, at timestamptz, result jsonb, problems jsonb,
      "costUsd" double precision, times jsonb)
    ON CONFLICT DO NOTHING
  )`,
  uses: `
  written_ledger AS (
    INSERT INTO ledger (tenant, entry, job_id, document, pages, at, tags, credential, purpose, task, document_kind, provider, model,
      tier, cost_usd, duration_ms, catalog_version)
    SELECT tenant, entry, "jobId", document, pages, at, tags, credential, purpose, task, "documentKind", provider, model, tier,
      "costUsd", "durationMs", "catalogVersion"
    FROM jsonb_to_recordset($n::jsonb) AS given (
      tenant text, entry text, "jobId" text, document int, pages int[], at timestamptz, tags text[], credential text,
      purpose text, task text, "documentKind" text, provider text, model text, tier int, "costUsd" numeric,
      "durationMs" double precision, "catalogVersion" text)
    ORDER BY tenant COLLATE "C", entry COLLATE "C"
    ON CONFLICT DO NOTHING
  )`,
} as const;

export type BatchPart = keyof typeof parts;

/**
 * Records a batch in one round trip: $1 `JobRow`s, then one parameter for each part in the order given (page endings, final
 * events, `BookedUse`s), each a JSON array. A statement names only the tables that it writes: to open the others and
 * their indexes takes longer than to write a row.
 * Returns the jobs whose row was written. A row is written when its revision follows the stored one, so that a job that
 * somebody else has written meanwhile is left alone and comes back missing. What else is written says what an event
 * says and nothing more: to write it twice, or before its job's row, does no harm. Rows are locked in order of the key,
 * so that replicas wait for each other and never deadlock.
 */
export function recordBatch(held: readonly BatchPart[]): PreparedStatement {
  const name = ['record-batch', ...held].join('-');
  const known = recordings.get(name);
  if (known) return known;
  const written = [writtenRows, ...held.map((part, index) => parts[part].replace('$n', () => `$${index + 2}`))];
  const statement = { name, text: `WITH ${written.join(',')} SELECT tenant, job_id AS "jobId" FROM written` };
  recordings.set(name, statement);
  return statement;
}

/** One for each combination of parts. */
const recordings = new Map<string, PreparedStatement>();

/**
 * $1 tenants, $2 job ids, each. What a rebuild tells anew. The rows in `jobs` stay, under a new revision, so that
 * nobody goes on from a state that was forgotten.
 */
export const forgetJobs = [
  `UPDATE jobs SET revision = revision + 1, accepted = NULL, planned = NULL
   FROM unnest($1::text[], $2::text[]) AS given (tenant, job_id)
   WHERE jobs.tenant = given.tenant AND jobs.job_id = given.job_id`,
  `DELETE FROM pages USING unnest($1::text[], $2::text[]) AS given (tenant, job_id)
   WHERE pages.tenant = given.tenant AND pages.job_id = given.job_id`,
  `DELETE FROM results USING unnest($1::text[], $2::text[]) AS given (tenant, job_id)
   WHERE results.tenant = given.tenant AND results.job_id = given.job_id`,
];
