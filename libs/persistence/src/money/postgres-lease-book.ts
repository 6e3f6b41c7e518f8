import type { JobId, Tenant } from '@waybill/contracts';
import { picodollarsOfDecimal, type ExpiredLease, type LeaseBook } from '@waybill/llm-routing';
import type { Database } from '../database.js';
import { markExpired } from './purse-statements.js';

interface LeaseRow {
  readonly tenant: Tenant;
  readonly jobId: JobId;
  readonly attempt: number;
  readonly model: string;
  readonly mostUsd: string;
}

/** Leases in Postgres. */
export class PostgresLeaseBook implements LeaseBook {
  constructor(private readonly database: Database) {}

  async markExpired(moment: Date, limit: number): Promise<ExpiredLease[]> {
    const rows = await this.database.execute<LeaseRow>(markExpired, [moment, limit]);
    return rows.map(({ tenant, jobId, attempt, model, mostUsd }) => ({
      job: { tenant, jobId },
      attempt,
      model,
      most: picodollarsOfDecimal(mostUsd),
    }));
  }
}
