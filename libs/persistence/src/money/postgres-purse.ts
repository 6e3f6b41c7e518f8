import { blobReferenceSchema, type Budget } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import {
  decimalUsdOf,
  judgeBudgets,
  picodollarsOfDecimal,
  settlingMs,
  type Bill,
  type BudgetStanding,
  type Purse,
  type Reservation,
  type ReserveAnswer,
  type SpendIntent,
} from '@waybill/llm-routing';
import type { Database } from '../database.js';
import { postgresJson } from '../postgres-json.js';
import { ledgerRowOf } from './ledger-row-of.js';
import * as statements from './purse-statements.js';

/** What `waybill_reserve` answers. Amounts are decimals, moments ISO 8601. */
type StoredAnswer =
  | { readonly kind: 'reserved'; readonly attempt: number }
  | { readonly kind: 'settled'; readonly entry: string; readonly spentUsd: string; readonly answer: unknown }
  | { readonly kind: 'pending'; readonly until: string }
  | { readonly kind: 'full'; readonly standings: readonly StoredStanding[] };

interface StoredStanding extends Pick<Budget, 'name' | 'window' | 'over'> {
  readonly capUsd: string;
  readonly spentUsd: string;
  readonly reservedUsd: string;
  readonly firstLeaseEnd: string | null;
}

/** Money in Postgres: each of its three verbs is one statement, and one round trip. */
export class PostgresPurse implements Purse {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async reserve(intent: SpendIntent): Promise<ReserveAnswer> {
    const now = this.clock.now();
    const leaseEndsAt = new Date(now.getTime() + intent.leaseMs);
    const [row] = await this.database.execute<{ answer: StoredAnswer }>(statements.reserve, [
      postgresJson(parametersOf(intent, now, leaseEndsAt)),
    ]);
    if (!row) throw new Error('The database did not answer a reservation.');
    return answerOf(row.answer, { intent, now, leaseEndsAt });
  }

  async settle(reservation: Reservation, bill: Bill): Promise<void> {
    await this.database.execute(statements.settle, [
      postgresJson({
        ...identityOf(reservation),
        ...ledgerRowOf(reservation, bill),
        at: this.clock.now().toISOString(),
      }),
    ]);
  }

  async release(reservation: Reservation): Promise<void> {
    await this.database.execute(statements.release, [postgresJson(identityOf(reservation))]);
  }
}

/** The lease's end tells a released attempt from a later one under the same number. */
const identityOf = ({ intent, attempt, leaseEndsAt }: Reservation) => ({
  tenant: intent.job.tenant,
  key: intent.idempotencyKey,
  attempt,
  leaseUntil: leaseEndsAt.toISOString(),
});

function parametersOf(intent: SpendIntent, now: Date, leaseEndsAt: Date) {
  const { most, jobLimit, ...facts } = intent;
  return {
    ...intent.job,
    key: intent.idempotencyKey,
    tags: intent.tags,
    mostUsd: decimalUsdOf(most),
    jobLimitUsd: jobLimit === undefined ? null : decimalUsdOf(jobLimit),
    now: now.toISOString(),
    leaseUntil: leaseEndsAt.toISOString(),
    intent: facts,
  };
}

interface Asked {
  readonly intent: SpendIntent;
  readonly now: Date;
  readonly leaseEndsAt: Date;
}

function answerOf(answer: StoredAnswer, { intent, now, leaseEndsAt }: Asked): ReserveAnswer {
  switch (answer.kind) {
    case 'reserved': {
      const { attempt } = answer;
      const id = `${intent.idempotencyKey}/${attempt}`;
      return { kind: 'reserved', reservation: { id, attempt, most: intent.most, leaseEndsAt, intent } };
    }
    case 'settled': {
      const kept = blobReferenceSchema.safeParse(answer.answer);
      return {
        kind: 'settled',
        reservationId: answer.entry.slice(statements.callEntry.length),
        spent: picodollarsOfDecimal(answer.spentUsd),
        ...(kept.success ? { answer: kept.data } : {}),
      };
    }
    case 'pending': {
      const reason = 'The same call is under way, or its worker died; it is made again when its lease is over.';
      return { kind: 'wait', until: new Date(answer.until), reason };
    }
    case 'full': {
      const refusal = judgeBudgets(answer.standings.map(standingOf), intent.most, now);
      // Only if the database and the judge disagree about what fits; looking again is right then, too.
      const again = { kind: 'wait' as const, until: new Date(now.getTime() + settlingMs), reason: 'A budget is full.' };
      return refusal ?? again;
    }
  }
}

const standingOf = ({ capUsd, spentUsd, reservedUsd, firstLeaseEnd, ...facts }: StoredStanding): BudgetStanding => ({
  ...facts,
  cap: picodollarsOfDecimal(capUsd),
  spent: picodollarsOfDecimal(spentUsd),
  reserved: picodollarsOfDecimal(reservedUsd),
  ...(firstLeaseEnd === null ? {} : { firstLeaseEndsAt: new Date(firstLeaseEnd) }),
});
