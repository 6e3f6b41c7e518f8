import type { Budget, JobId, Tenant } from '@waybill/contracts';
import {
  noUsage,
  picodollarsOf,
  type Bill,
  type Reservation,
  type ReserveAnswer,
  type SpendIntent,
} from '@waybill/llm-routing';
import { Database, migrate } from '@waybill/persistence';
import { patientDatabase, createTestDatabase } from '../../support/index.js';

export const acme = 'acme' as Tenant;
export const start = new Date('2026-03-10T10:20:00.000Z');
export const leaseMs = 60_000;

/** A clock that stands still until it is moved. */
export class StoppedClock {
  private moment: Date;

  constructor(moment: Date = start) {
    this.moment = moment;
  }

  now(): Date {
    return this.moment;
  }

  /** To a moment, or by milliseconds. */
  move(to: Date | number): void {
    this.moment = typeof to === 'number' ? new Date(this.moment.getTime() + to) : to;
  }
}

export interface IntentWishes extends Partial<Omit<SpendIntent, 'job' | 'most' | 'jobLimit'>> {
  readonly tenant?: string;
  readonly job?: string;
  readonly usd?: number;
  readonly jobLimitUsd?: number;
}

let keys = 0;

export function intentOf({
  tenant = acme,
  job = 'job-1',
  usd = 1,
  jobLimitUsd,
  ...more
}: IntentWishes = {}): SpendIntent {
  return {
    job: { tenant: tenant as Tenant, jobId: job as JobId },
    tags: [],
    document: 0,
    pages: [1],
    idempotencyKey: `key-${++keys}`,
    purpose: 'answer',
    task: 'extract',
    provider: 'maker',
    model: 'maker/fine-2026-01-01',
    tier: 2,
    catalogVersion: 'test-1',
    most: picodollarsOf(usd),
    ...(jobLimitUsd === undefined ? {} : { jobLimit: picodollarsOf(jobLimitUsd) }),
    estimatedInputTokens: 1_000,
    leaseMs,
    ...more,
  };
}

export const billOf = (usd: number, more: Partial<Bill> = {}): Bill => ({
  spent: picodollarsOf(usd),
  usage: { ...noUsage, inputTokens: 900, outputTokens: 50 },
  model: 'maker/fine-2026-01-01',
  durationMs: 12,
  ...more,
});

export const budgetOf = (more: Partial<Budget> = {}): Budget => ({
  name: 'all',
  window: 'day',
  capUsd: 1,
  over: 'refuse',
  ...more,
});

/** The reservation of an answer that must be one. */
export function reserved(answer: ReserveAnswer): Reservation {
  if (answer.kind !== 'reserved') throw new Error(`Not reserved: ${JSON.stringify(answer, (_, v) => String(v))}`);
  return answer.reservation;
}

export interface MoneyDatabase {
  readonly url: string;
  /** A pool of its own, as another process has. */
  open(poolSize?: number): Database;
  close(): Promise<void>;
}

/** A migrated database, and any number of pools on it. */
export async function openMoneyDatabase(): Promise<MoneyDatabase> {
  const { url, drop } = await createTestDatabase();
  await migrate(url);
  const pools: Database[] = [];
  return {
    url,
    open: (poolSize = 8) => {
      const pool = new Database(url, { poolSize, ...patientDatabase });
      pools.push(pool);
      return pool;
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
      await drop();
    },
  };
}
