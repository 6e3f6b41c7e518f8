import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { picodollarsOfDecimal, picodollarsOf } from '@waybill/llm-routing';
import { PostgresBudgetBook, PostgresPurse, type Database } from '@waybill/persistence';
import {
  acme,
  billOf,
  budgetOf,
  intentOf,
  leaseMs,
  openMoneyDatabase,
  StoppedClock,
  type MoneyDatabase,
} from './money-fixtures.js';

let money: MoneyDatabase;
let pools: Database[];
let clock: StoppedClock;
let purses: PostgresPurse[];
let budgets: PostgresBudgetBook;
const calls = 200;

beforeAll(async () => {
  money = await openMoneyDatabase();
  pools = Array.from({ length: 4 }, () => money.open());
});

beforeEach(async () => {
  clock = new StoppedClock();
  purses = pools.map((pool) => new PostgresPurse(pool, clock));
  budgets = new PostgresBudgetBook(pools[0]!, clock);
  await pools[0]!.execute('TRUNCATE budgets, reservations, ledger, spending', []);
});

afterAll(async () => {
  await money.close();
});

const purseOf = (index: number): PostgresPurse => purses[index % purses.length]!;

/** Settled and reserved, in one look. */
async function committed(database: Database): Promise<bigint> {
  const [row] = await database.execute<{ usd: string }>(
    `SELECT (SELECT coalesce(sum(cost_usd), 0) FROM ledger)
       + (SELECT coalesce(sum(most_usd), 0) FROM reservations WHERE lease_until > $1) AS usd`,
    [clock.now()],
  );
  return picodollarsOfDecimal(row!.usd);
}

/** Looks as often as it can until told to stop. @returns the most that was ever committed. */
async function watch(signal: AbortSignal): Promise<bigint> {
  const database = money.open(1);
  let most = 0n;
  while (!signal.aborted) {
    const seen = await committed(database);
    if (seen > most) most = seen;
  }
  return most;
}

describe(`${calls} calls at once, over several pools`, () => {
  it('never commit more than the cap, whatever becomes of each', async () => {
    await budgets.put(acme, budgetOf({ capUsd: 1 }));
    const over = new AbortController();
    const watching = watch(over.signal);
    const outcomes = await Promise.all(
      Array.from({ length: calls }, async (_, index) => {
        const answer = await purseOf(index).reserve(intentOf({ usd: 0.03, job: `job-${index % 7}` }));
        if (answer.kind !== 'reserved') return answer.kind;
        const fate = index % 3;
        if (fate === 0) await purseOf(index + 1).settle(answer.reservation, billOf((10 + (index % 20)) / 1_000));
        if (fate === 1) await purseOf(index + 1).release(answer.reservation);
        return answer.kind;
      }),
    );
    over.abort();
    expect(await watching).toBeLessThanOrEqual(picodollarsOf(1));
    expect(await committed(pools[0]!)).toBeLessThanOrEqual(picodollarsOf(1));
    expect(outcomes.filter((kind) => kind === 'reserved').length).toBeGreaterThanOrEqual(33);
    expect(new Set(outcomes)).toEqual(new Set(['reserved', 'wait']));
  });

  it('fill the cap exactly, and no worker that died pins anything when its lease is over', async () => {
    await budgets.put(acme, budgetOf({ capUsd: 0.45 }));
    const attempt = async () =>
      await Promise.all(Array.from({ length: calls }, (_, index) => purseOf(index).reserve(intentOf({ usd: 0.15 }))));
    const counts = async () => (await attempt()).filter(({ kind }) => kind === 'reserved').length;
    expect(await counts()).toBe(3);
    expect(await counts()).toBe(0);
    clock.move(leaseMs);
    expect(await counts()).toBe(3);
    expect(await committed(pools[0]!)).toBe(picodollarsOf(0.45));
  });

  it('make one call of one key', async () => {
    const answers = await Promise.all(
      Array.from({ length: calls }, (_, index) => purseOf(index).reserve(intentOf({ idempotencyKey: 'the-one' }))),
    );
    expect(answers.filter(({ kind }) => kind === 'reserved')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'wait')).toHaveLength(calls - 1);
  });

  it('keep a job’s own limit without any budget', async () => {
    const wish = { usd: 0.1, job: 'limited', jobLimitUsd: 0.35 };
    const answers = await Promise.all(
      Array.from({ length: calls }, (_, index) => purseOf(index).reserve(intentOf(wish))),
    );
    expect(answers.filter(({ kind }) => kind === 'reserved')).toHaveLength(3);
  });

  it('never deadlock, with budgets that overlap and change meanwhile', async () => {
    const tags = ['a', 'b', 'c', 'd'];
    for (const tag of tags) await budgets.put(acme, budgetOf({ name: tag, tag, capUsd: 50 }));
    await budgets.put(acme, budgetOf({ name: 'each-job', window: 'job', capUsd: 9 }));
    const spending = Array.from({ length: calls }, async (_, index) => {
      const own = tags.filter((_tag, place) => ((index >> place) & 1) === 1);
      const shuffled = index % 2 === 0 ? own : own.toReversed();
      const answer = await purseOf(index).reserve(intentOf({ usd: 0.1, tags: shuffled, job: `job-${index % 11}` }));
      expect(answer.kind).toBe('reserved');
      if (answer.kind === 'reserved') await purseOf(index + 1).settle(answer.reservation, billOf(0.1));
    });
    const changing = tags.map(async (tag) => {
      await budgets.put(acme, budgetOf({ name: tag, tag, capUsd: 60 }));
      await budgets.remove(acme, tag);
      await budgets.put(acme, budgetOf({ name: tag, tag, capUsd: 70 }));
    });
    await Promise.all([...spending, ...changing]);
    const standings = await budgets.list(acme);
    const expected = tags.map(
      (_, place) => Array.from({ length: calls }, (_call, index) => (index >> place) & 1).filter(Boolean).length / 10,
    );
    expect(standings.filter(({ tag }) => tag).map(({ spentUsd }) => spentUsd)).toEqual(expected);
  });
});
