import { countedJobsAtMost, type JobActivity, type Tenant, type WaitView } from '@waybill/contracts';
import type { JobStatistics } from '@waybill/jobs';
import type { Database, Execute } from './database.js';
import { activityOfHour, firstMinute, type MinuteRow } from './activity-of-hour.js';

/** So many of the newest jobs of the hour are looked at: what a glance may cost has an end. */
const newestJobs = 50_000;
const shownWaits = 10;

const openJobs = `
  SELECT status, count(*)::int AS jobs FROM (
    (SELECT 'queued' AS status FROM jobs WHERE tenant = $1 AND status = 'queued' LIMIT $3)
    UNION ALL
    (SELECT 'processing' FROM jobs WHERE tenant = $1 AND status = 'processing' LIMIT $3)
    UNION ALL
    (SELECT CASE WHEN waiting_until > $2 THEN 'waiting' ELSE 'processing' END
       FROM jobs WHERE tenant = $1 AND status = 'waiting' LIMIT $3)
  ) AS unfinished GROUP BY status`;

const waits = `
  SELECT stage, reason, count(*)::int AS jobs, min(waiting_until) AS until FROM (
    SELECT progress->'waiting'->>'stage' AS stage, progress->'waiting'->>'reason' AS reason, waiting_until
      FROM jobs WHERE tenant = $1 AND status = 'waiting' AND waiting_until > $2 LIMIT $3
  ) AS parked GROUP BY stage, reason ORDER BY jobs DESC, until LIMIT ${shownWaits}`;

const minutes = `
  WITH newest AS (
    SELECT created_at, finished_at, status, planned FROM jobs
      WHERE tenant = $1 AND created_at >= $2 ORDER BY created_at DESC, job_id DESC LIMIT $3)
  SELECT date_trunc('minute', created_at) AS minute, NULL AS status, count(*)::int AS jobs, 0 AS pages
    FROM newest GROUP BY 1
  UNION ALL
  SELECT date_trunc('minute', finished_at), status, count(*)::int, coalesce(sum((
      SELECT sum((document->>'pages')::int) FROM jsonb_array_elements(planned->'documents') AS document)), 0)::int
    FROM newest WHERE finished_at IS NOT NULL GROUP BY 1, 2`;

interface WaitRow extends Omit<WaitView, 'until'> {
  readonly until: Date;
}

/** Counts jobs in the projection, by its indexes and never more rows than a limit. */
export class PostgresJobStatistics implements JobStatistics {
  constructor(private readonly database: Database) {}

  async activity(tenant: Tenant, now: Date): Promise<JobActivity> {
    const { execute } = this.database;
    const [open, parked, rows] = await Promise.all([
      countOpen(execute, tenant, now),
      execute<WaitRow>(waits, [tenant, now, countedJobsAtMost]),
      execute<MinuteRow>(minutes, [tenant, firstMinute(now), newestJobs]),
    ]);
    return {
      open,
      waits: parked.map(({ until, ...wait }) => ({ ...wait, until: until.toISOString() })),
      ...activityOfHour(rows, now),
      isCut: rows.reduce((sum, row) => sum + (row.status === null ? row.jobs : 0), 0) >= newestJobs,
    };
  }
}

async function countOpen(execute: Execute, tenant: Tenant, now: Date): Promise<JobActivity['open']> {
  const rows = await execute<{ status: keyof JobActivity['open']; jobs: number }>(openJobs, [
    tenant,
    now,
    countedJobsAtMost,
  ]);
  const open = { queued: 0, processing: 0, waiting: 0 };
  for (const { status, jobs } of rows) open[status] = jobs;
  return open;
}
