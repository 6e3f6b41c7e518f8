import type { JobId, JobKey, Tenant } from '@waybill/contracts';
import type { RecordEraser } from '@waybill/jobs';
import type { Database } from './database.js';

const paidCalls = `
  SELECT idempotency_key AS key FROM ledger WHERE tenant = $1 AND job_id = $2 AND idempotency_key IS NOT NULL
  UNION
  SELECT idempotency_key AS key FROM reservations WHERE tenant = $1 AND job_id = $2`;

/** Pages and results go with their job. The ledger keeps what was paid, and forgets where the answer was kept. */
const erasures = [
  'DELETE FROM pages WHERE tenant = $1 AND job_id = $2 RETURNING 1',
  'DELETE FROM results WHERE tenant = $1 AND job_id = $2 RETURNING 1',
  'DELETE FROM webhook_deliveries WHERE tenant = $1 AND job_id = $2 RETURNING 1',
  'DELETE FROM retention_dates WHERE tenant = $1 AND job_id = $2 RETURNING 1',
  'DELETE FROM chat_receipts WHERE tenant = $1 AND (chat_id = $2 OR completion_id = $2 OR batch_id = $2) RETURNING 1',
  'DELETE FROM jobs WHERE tenant = $1 AND job_id = $2 RETURNING 1',
];
const forgetAnswers = 'UPDATE ledger SET answer = NULL WHERE tenant = $1 AND job_id = $2 AND answer IS NOT NULL';

/** A tenant may have millions: no statement takes long. */
const receiptsAtOnce = 5_000;
const eraseReceipts = `DELETE FROM chat_receipts WHERE (tenant, chat_id) IN (
  SELECT tenant, chat_id FROM chat_receipts WHERE tenant = $1 AND at < $2 LIMIT ${receiptsAtOnce}) RETURNING 1`;
/** What was chosen is noted with its first chat; a later one may refer to it. */
const eraseChoices = `DELETE FROM chat_choices WHERE tenant = $1 AND at < $2::timestamptz - interval '1 hour'`;

const noteRepeat = `
  INSERT INTO purges (tenant, job_id, purged_at, repeat_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant, job_id) DO UPDATE SET purged_at = excluded.purged_at, repeat_at = excluded.repeat_at`;

const dueRepeats = `
  SELECT tenant, job_id AS "jobId", purged_at AS "purgedAt" FROM purges
  WHERE repeat_at <= $1 ORDER BY repeat_at LIMIT $2`;

interface DueRow {
  readonly tenant: Tenant;
  readonly jobId: JobId;
  readonly purgedAt: Date;
}

/** Removes the rows of a job, but for its money. */
export class PostgresRecordEraser implements RecordEraser {
  constructor(private readonly database: Database) {}

  async paidCalls({ tenant, jobId }: JobKey): Promise<string[]> {
    const rows = await this.database.execute<{ key: string }>(paidCalls, [tenant, jobId]);
    return rows.map(({ key }) => key);
  }

  async eraseRecords({ tenant, jobId }: JobKey): Promise<number> {
    let rows = 0;
    for (const statement of erasures) rows += (await this.database.execute(statement, [tenant, jobId])).length;
    await this.database.execute(forgetAnswers, [tenant, jobId]);
    return rows;
  }

  async eraseReceipts(tenant: Tenant, before: Date): Promise<number> {
    let erased = 0;
    for (;;) {
      const { length } = await this.database.execute(eraseReceipts, [tenant, before]);
      erased += length;
      if (length < receiptsAtOnce) break;
    }
    await this.database.execute(eraseChoices, [tenant, before]);
    return erased;
  }

  async noteRepeat({ tenant, jobId }: JobKey, purgedAt: Date, repeatAt: Date): Promise<void> {
    await this.database.execute(noteRepeat, [tenant, jobId, purgedAt, repeatAt]);
  }

  async dueRepeats(now: Date, limit: number): Promise<{ job: JobKey; purgedAt: Date }[]> {
    const rows = await this.database.execute<DueRow>(dueRepeats, [now, limit]);
    return rows.map(({ purgedAt, ...job }) => ({ job, purgedAt }));
  }

  async forgetRepeat({ tenant, jobId }: JobKey): Promise<void> {
    await this.database.execute('DELETE FROM purges WHERE tenant = $1 AND job_id = $2', [tenant, jobId]);
  }
}
