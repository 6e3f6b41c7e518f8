import type { JobId, JobKey, RetainedKind, RetentionWish, Tenant } from '@waybill/contracts';
import {
  keepMs,
  type DueFile,
  type DueRetention,
  type EndedJob,
  type RetentionBook,
  type RetentionDate,
  type RetentionPolicy,
} from '@waybill/jobs';
import type { Database } from './database.js';

const columns = `jobs.tenant, jobs.job_id AS "jobId", jobs.finished_at AS "finishedAt", jobs.progress->'retention' AS wish`;

const endedAfter = `SELECT ${columns} FROM jobs
  WHERE (jobs.tenant, jobs.job_id) > ($1, $2) AND jobs.finished_at IS NOT NULL
  ORDER BY jobs.tenant, jobs.job_id LIMIT $3`;

const date = `INSERT INTO retention_dates (tenant, job_id, kind, due_at)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS given (tenant, job_id, kind, due_at)
  ORDER BY 1, 2, 3
  ON CONFLICT (tenant, job_id, kind) DO UPDATE SET due_at = excluded.due_at
    WHERE retention_dates.done_at IS NULL AND retention_dates.due_at <> excluded.due_at`;

const due = `SELECT tenant, job_id AS "jobId", kind FROM retention_dates
  WHERE done_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT $2`;

const done = `UPDATE retention_dates SET done_at = $4 WHERE tenant = $1 AND job_id = $2 AND kind = $3`;

/** What goes by its own age, by the time that says how long. Money that is still held is not forgotten, however old. */
const forgettings = {
  ledger: [
    'DELETE FROM ledger WHERE at < $1 AND ',
    'DELETE FROM reservations WHERE lease_until < $1 AND expired_at IS NOT NULL AND ',
  ],
  results: [
    'DELETE FROM chat_receipts WHERE at < $1 AND ',
    // Chosen a moment before the last chat that refers to it.
    `DELETE FROM chat_choices WHERE at < $1::timestamptz - interval '1 hour' AND `,
  ],
} as const;

/** The files of a batch go with it: they are read as long as it is under way, and are its answers afterwards. */
const oldFiles = `SELECT tenant, id FROM (
  SELECT tenant, id, changed_at AS at FROM batches
    WHERE changed_at < $1 AND status NOT IN ('validating', 'in_progress', 'finalizing', 'cancelling')
  UNION ALL SELECT tenant, id, created_at FROM files
    WHERE created_at < $1 AND NOT EXISTS (SELECT 1 FROM batches WHERE batches.tenant = files.tenant
      AND files.id IN (batches.input_file_id, batches.output_file_id, batches.error_file_id))
) AS old WHERE `;

interface EndedRow {
  readonly tenant: Tenant;
  readonly jobId: JobId;
  readonly finishedAt: Date;
  readonly wish: RetentionWish | null;
}

/** Dates of removal in Postgres; an advisory lock lets one process remove at a time. */
export class PostgresRetentionBook implements RetentionBook {
  constructor(private readonly database: Database) {}

  async alone(work: () => Promise<void>): Promise<boolean> {
    return await this.database.transaction(async (execute) => {
      const ask = `SELECT pg_try_advisory_xact_lock(hashtext('waybill retention')) AS "isOurs"`;
      const [lock] = await execute<{ isOurs: boolean }>(ask, []);
      if (lock?.isOurs !== true) return false;
      await work();
      return true;
    });
  }

  async endedAfter(place: JobKey | undefined, limit: number): Promise<EndedJob[]> {
    const values = [place?.tenant ?? '', place?.jobId ?? '', limit];
    return (await this.database.execute<EndedRow>(endedAfter, values)).map(endedJob);
  }

  async date(dates: readonly RetentionDate[]): Promise<void> {
    if (dates.length === 0) return;
    await this.database.execute(date, [
      dates.map(({ job }) => job.tenant),
      dates.map(({ job }) => job.jobId),
      dates.map(({ kind }) => kind),
      dates.map(({ dueAt }) => dueAt),
    ]);
  }

  async due(now: Date, limit: number): Promise<DueRetention[]> {
    const rows = await this.database.execute<JobKey & { kind: RetainedKind }>(due, [now, limit]);
    return rows.map(({ kind, ...job }) => ({ job, kind }));
  }

  async done({ job, kind }: DueRetention, at: Date): Promise<void> {
    await this.database.execute(done, [job.tenant, job.jobId, kind, at]);
  }

  async dueFiles({ default: others, tenants }: RetentionPolicy, now: Date, limit: number): Promise<DueFile[]> {
    const found: DueFile[] = [];
    const look = async (time: string | undefined, whose: string, tenant: unknown): Promise<void> => {
      if (time === undefined || found.length >= limit) return;
      const values = [new Date(now.getTime() - keepMs(time)), tenant, limit - found.length];
      found.push(...(await this.database.execute<DueFile>(`${oldFiles}${whose} ORDER BY at LIMIT $3`, values)));
    };
    for (const [tenant, { files }] of Object.entries(tenants)) await look(files, 'tenant = $2', tenant);
    await look(others.files, 'tenant <> ALL ($2::text[])', Object.keys(tenants));
    return found;
  }

  async forgetMoney(policy: RetentionPolicy, now: Date): Promise<number> {
    return await this.forget(policy, 'ledger', now);
  }

  async forgetChats(policy: RetentionPolicy, now: Date): Promise<number> {
    return await this.forget(policy, 'results', now);
  }

  private async forget(
    { default: others, tenants }: RetentionPolicy,
    kind: keyof typeof forgettings,
    now: Date,
  ): Promise<number> {
    let forgotten = 0;
    const forget = async (time: string | undefined, whose: string, tenant: unknown): Promise<void> => {
      if (time === undefined) return;
      const before = new Date(now.getTime() - keepMs(time));
      for (const statement of forgettings[kind]) {
        forgotten += (await this.database.execute(`${statement}${whose} RETURNING 1`, [before, tenant])).length;
      }
    };
    for (const [tenant, times] of Object.entries(tenants)) await forget(times[kind], 'tenant = $2', tenant);
    await forget(others[kind], 'tenant <> ALL ($2::text[])', Object.keys(tenants));
    return forgotten;
  }
}

const endedJob = ({ tenant, jobId, finishedAt, wish }: EndedRow): EndedJob => ({
  job: { tenant, jobId },
  finishedAt,
  ...(wish ? { wish } : {}),
});
