import type { Clock } from '@waybill/jobs';
import type { AllowanceBook, CoveredBill } from '@waybill/llm-routing';
import type { Database } from '../database.js';
import { postgresJson } from '../postgres-json.js';
import { ledgerRowOf } from './ledger-row-of.js';
import * as statements from './purse-statements.js';

/** Bills of many calls in one statement. */
export class PostgresAllowanceBook implements AllowanceBook {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async book(bills: readonly CoveredBill[]): Promise<void> {
    const at = this.clock.now().toISOString();
    const rows = bills.map(({ allowance, reservation, bill }) => ({
      ...ledgerRowOf(reservation, bill),
      at,
      tenant: reservation.intent.job.tenant,
      key: reservation.intent.idempotencyKey,
      allowance: allowance.intent.idempotencyKey,
    }));
    await this.database.execute(statements.bookCovered, [postgresJson(rows)]);
  }
}
