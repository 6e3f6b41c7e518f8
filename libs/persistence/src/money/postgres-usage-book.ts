import type { UsageDimension, UsageImage, UsageRow, UsageSums, UsageView } from '@waybill/contracts';
import type { Clock } from '@waybill/jobs';
import { picodollarsOfDecimal, usdOf, type UsageBook, type UsageOwner, type UsageQuestion } from '@waybill/llm-routing';
import type { Database } from '../database.js';
import { openCalls, usageStatement } from './usage-statement.js';

type SumsRow = Readonly<Record<keyof UsageSums, string | null>>;
type GroupRow = SumsRow & Readonly<Record<`g${number}`, string | null>> & { readonly image?: ImageRow | null };
type ImageRow = Omit<UsageImage, 'billedTokens'> & { readonly billedTokens: number | null };

interface OpenRow {
  readonly reservedCalls: string;
  readonly reservedUsd: string;
  readonly unconfirmedCalls: string;
  readonly unconfirmedUsd: string;
}

/** Adds up the ledger in Postgres. */
export class PostgresUsageBook implements UsageBook {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async usage(owner: UsageOwner, question: UsageQuestion): Promise<UsageView> {
    const { by, from, to, tag, job, model, key, limit } = question;
    const whose = owner.kind === 'tenant' ? owner.tenant : null;
    const filter = [whose, from, to, tag ?? null, job ?? null, model ?? null, key ?? null];
    const { execute } = this.database;
    const [groups, [totals], [open]] = await Promise.all([
      by.length === 0 ? [] : execute<GroupRow>(usageStatement(owner.kind, by), [...filter, limit + 1]),
      execute<SumsRow>(usageStatement(owner.kind, []), [...filter, 1]),
      execute<OpenRow>(openCalls(owner.kind), [...filter, this.clock.now()]),
    ]);
    if (!totals || !open) throw new Error('The database did not add up the ledger.');
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      by: [...by],
      rows: groups.slice(0, limit).map((row) => rowOf(row, by)),
      isCut: groups.length > limit,
      totals: sumsOf(totals),
      reserved: { calls: Number(open.reservedCalls), mostUsd: usdOfDecimal(open.reservedUsd) },
      unconfirmed: { calls: Number(open.unconfirmedCalls), mostUsd: usdOfDecimal(open.unconfirmedUsd) },
    };
  }
}

const rowOf = (row: GroupRow, by: readonly UsageDimension[]): UsageRow => ({
  group: Object.fromEntries(by.map((dimension, place) => [dimension, row[`g${place}`] ?? null])),
  ...sumsOf(row),
  ...(row.image ? { image: imageOf(row.image) } : {}),
});

const imageOf = ({ billedTokens, ...facts }: ImageRow): UsageImage =>
  billedTokens === null ? facts : { ...facts, billedTokens };

const sumsOf = (row: SumsRow): UsageSums => ({
  calls: share(row.calls),
  costUsd: usdOfDecimal(row.costUsd ?? '0'),
  simulatedCostUsd: usdOfDecimal(row.simulatedCostUsd ?? '0'),
  inputTokens: share(row.inputTokens),
  cachedInputTokens: share(row.cachedInputTokens),
  imageTokens: share(row.imageTokens),
  outputTokens: share(row.outputTokens),
  reasoningTokens: share(row.reasoningTokens),
  estimatedInputTokens: share(row.estimatedInputTokens),
  images: share(row.images),
  pages: share(row.pages),
});

const usdOfDecimal = (usd: string): number => usdOf(picodollarsOfDecimal(usd));

/** Counts are whole, or fractions where rows were shared out; six decimals tell them apart from dust. */
const share = (count: string | null): number => Math.round(Number(count ?? 0) * 1e6) / 1e6;
