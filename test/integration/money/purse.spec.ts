import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { picodollarsOf } from '@waybill/llm-routing';
import { PostgresBudgetBook, PostgresLeaseBook, PostgresPurse, type Database } from '@waybill/persistence';
import {
  acme,
  billOf,
  budgetOf,
  intentOf,
  leaseMs,
  openMoneyDatabase,
  reserved,
  start,
  StoppedClock,
  type MoneyDatabase,
} from './money-fixtures.js';

let money: MoneyDatabase;
let database: Database;
let clock: StoppedClock;
let purse: PostgresPurse;
let budgets: PostgresBudgetBook;

beforeAll(async () => {
  money = await openMoneyDatabase();
  database = money.open();
});

beforeEach(async () => {
  clock = new StoppedClock();
  purse = new PostgresPurse(database, clock);
  budgets = new PostgresBudgetBook(database, clock);
  await database.execute('TRUNCATE budgets, reservations, ledger, spending', []);
});

afterAll(async () => {
  await money.close();
});

const ledger = async () =>
  await database.execute<{ entry: string; cost: string }>(
    'SELECT entry, cost_usd::text AS cost FROM ledger ORDER BY 1',
    [],
  );

describe('a worker that comes back after a crash', () => {
  const key = { idempotencyKey: 'acme/job-1/0' };

  it('waits while the lease of its first life runs', async () => {
    await purse.reserve(intentOf(key));
    clock.move(1_000);
    const until = new Date(start.getTime() + leaseMs);
    expect(await purse.reserve(intentOf(key))).toMatchObject({ kind: 'wait', until });
  });

  it('calls again when the lease is over, and the first call stays known as unconfirmed', async () => {
    await purse.reserve(intentOf(key));
    clock.move(leaseMs);
    const second = reserved(await purse.reserve(intentOf(key)));
    expect(second.attempt).toBe(2);
    await purse.settle(second, billOf(0.5));
    const left = await database.execute('SELECT attempt, most_usd::float AS most FROM reservations', []);
    expect(left).toEqual([{ attempt: 1, most: 1 }]);
  });

  it('finds what was settled, with the answer, and pays nothing', async () => {
    const answer = { bucket: 'answers', key: 'a', sizeBytes: 3, sha256: 'b'.repeat(64) };
    const first = reserved(await purse.reserve(intentOf(key)));
    await purse.settle(first, billOf(0.25, { answer }));
    expect(await purse.reserve(intentOf(key))).toEqual({
      kind: 'settled',
      reservationId: first.id,
      spent: picodollarsOf(0.25),
      answer,
    });
  });
});

describe('a bill', () => {
  it('is booked once, however often it is settled', async () => {
    const reservation = reserved(await purse.reserve(intentOf()));
    for (const usd of [0.25, 0.25, 0.25]) await purse.settle(reservation, billOf(usd));
    await purse.release(reservation);
    expect(await ledger()).toEqual([{ entry: `call/${reservation.id}`, cost: '0.250000000000' }]);
  });

  it('is booked when it comes late, and both are when somebody has called again meanwhile', async () => {
    const key = { idempotencyKey: 'slow' };
    const slow = reserved(await purse.reserve(intentOf(key)));
    clock.move(leaseMs);
    const second = reserved(await purse.reserve(intentOf(key)));
    await purse.settle(slow, billOf(0.2));
    await purse.settle(second, billOf(0.3));
    expect((await ledger()).map(({ cost }) => Number(cost))).toEqual([0.2, 0.3]);
    expect(await database.execute('SELECT FROM reservations', [])).toEqual([]);
  });

  it('is exact to the picodollar', async () => {
    const reservation = reserved(await purse.reserve({ ...intentOf(), most: 123_456_789_012_345_678n }));
    await purse.settle(reservation, { ...billOf(0), spent: 123_456_789_012_345_677n });
    expect(await ledger()).toMatchObject([{ cost: '123456.789012345677' }]);
    expect(await purse.reserve(reservation.intent)).toMatchObject({ spent: 123_456_789_012_345_677n });
  });

  it('says what was sent and how it was billed', async () => {
    const images = [
      { page: 2, estimatedTokens: 765, bytes: 4_096, width: 1_024, height: 1_024, detail: 'high' as const },
    ];
    const intent = intentOf({ images, pages: [2], tags: ['night'], documentKind: 'invoice' });
    const usage = {
      inputTokens: 900,
      cachedInputTokens: 100,
      cacheWrittenInputTokens: 50,
      imageTokens: 800,
      outputTokens: 70,
      reasoningTokens: 20,
    };
    await purse.settle(reserved(await purse.reserve(intent)), billOf(0.1, { usage, service: 'flex' }));
    const [row] = await database.execute(
      `SELECT tags, pages, images, document_kind, service, purpose, provider, tier, catalog_version,
         estimated_input_tokens::int AS estimated, input_tokens::int AS input, cached_input_tokens::int AS cached,
         cache_written_input_tokens::int AS written, image_tokens::int AS image, output_tokens::int AS output,
         reasoning_tokens::int AS reasoning, reserved_usd::float AS reserved FROM ledger`,
      [],
    );
    expect(row).toEqual({
      ...{
        tags: ['night'],
        pages: [2],
        images: [{ ...images[0], billedTokens: 800 }],
        document_kind: 'invoice',
        service: 'flex',
        purpose: 'answer',
        provider: 'maker',
        tier: 2,
      },
      ...{ catalog_version: 'test-1', estimated: 1_000, input: 900, cached: 100, written: 50, image: 800, output: 70 },
      ...{ reasoning: 20, reserved: 1 },
    });
  });

  it('without a catalog that priced it is refused by the database', async () => {
    const reservation = reserved(await purse.reserve(intentOf()));
    const unpriced = { ...reservation, intent: { ...reservation.intent, catalogVersion: undefined as never } };
    await expect(purse.settle(unpriced, billOf(0.1))).rejects.toThrow('ledger_priced_by');
  });
});

describe('a release', () => {
  it('frees the money at once and leaves nothing', async () => {
    await budgets.put(acme, budgetOf({ capUsd: 1 }));
    const key = { idempotencyKey: 'again' };
    await purse.release(reserved(await purse.reserve(intentOf(key))));
    expect(reserved(await purse.reserve(intentOf(key))).attempt).toBe(1);
  });

  it('that comes twice does not undo a later attempt', async () => {
    const key = { idempotencyKey: 'twice' };
    const first = reserved(await purse.reserve(intentOf(key)));
    await purse.release(first);
    clock.move(1);
    await purse.reserve(intentOf(key));
    await purse.release(first);
    expect(await purse.reserve(intentOf(key))).toMatchObject({ kind: 'wait' });
  });
});

describe('a spent budget', () => {
  const spend = async (usd: number, more = {}) =>
    await purse.settle(reserved(await purse.reserve(intentOf({ usd, ...more }))), billOf(usd));

  it('refuses, waits until its window turns, or asks for something cheaper, as it says', async () => {
    await budgets.put(acme, budgetOf({ capUsd: 1, over: 'refuse' }));
    await spend(0.9);
    expect(await purse.reserve(intentOf({ usd: 0.2 }))).toMatchObject({
      kind: 'refuse',
      reason: expect.stringContaining('The budget all of 1 USD a day is spent: 0.9 USD spent') as unknown,
    });
    await budgets.put(acme, budgetOf({ capUsd: 1, over: 'degrade' }));
    expect(await purse.reserve(intentOf({ usd: 0.2 }))).toMatchObject({ kind: 'degrade', leftUsd: 0.1 });
    await budgets.put(acme, budgetOf({ capUsd: 1, over: 'wait' }));
    const midnight = new Date('2026-03-11T00:00:00.000Z');
    expect(await purse.reserve(intentOf({ usd: 0.2 }))).toMatchObject({ kind: 'wait', until: midnight });
    clock.move(midnight);
    expect(await purse.reserve(intentOf({ usd: 0.2 }))).toMatchObject({ kind: 'reserved' });
  });

  it('waits a moment only where calls under way hold what is left', async () => {
    await budgets.put(acme, budgetOf({ capUsd: 1, over: 'refuse' }));
    await purse.reserve(intentOf({ usd: 0.9, leaseMs: 2_000 }));
    const until = new Date(start.getTime() + 2_000);
    expect(await purse.reserve(intentOf({ usd: 0.2 }))).toMatchObject({ kind: 'wait', until });
  });

  it('counts what was spent before it was made, in each window, for its tag or job alone', async () => {
    await spend(0.5, { tags: ['night'], job: 'j1' });
    clock.move(3_600_000);
    await spend(0.25, { tags: ['day'], job: 'j2' });
    await budgets.put(acme, budgetOf({ name: 'a-total', window: 'total', capUsd: 10 }));
    await budgets.put(acme, budgetOf({ name: 'b-hour', window: 'hour', capUsd: 10 }));
    await budgets.put(acme, budgetOf({ name: 'c-night', tag: 'night', window: 'month', capUsd: 10 }));
    await budgets.put(acme, budgetOf({ name: 'd-job', job: 'j2' as never, window: 'job', capUsd: 0.3 }));
    await budgets.put(acme, budgetOf({ name: 'e-jobs', window: 'job', capUsd: 0.6 }));
    const spent = (await budgets.list(acme)).map(({ name, spentUsd }) => [name, spentUsd]);
    expect(spent).toEqual([
      ['a-total', 0.75],
      ['b-hour', 0.25],
      ['c-night', 0.5],
      ['d-job', 0.25],
      ['e-jobs', undefined],
    ]);
    expect(await purse.reserve(intentOf({ usd: 0.1, job: 'j2' }))).toMatchObject({ kind: 'refuse' });
    expect(await purse.reserve(intentOf({ usd: 0.2, job: 'j1' }))).toMatchObject({ kind: 'refuse' });
    expect(await purse.reserve(intentOf({ usd: 0.2, job: 'j3' }))).toMatchObject({ kind: 'reserved' });
  });

  it('is nobody else’s', async () => {
    await budgets.put(acme, budgetOf({ capUsd: 0 }));
    expect(await purse.reserve(intentOf())).toMatchObject({ kind: 'refuse' });
    expect(await purse.reserve(intentOf({ tenant: 'other' }))).toMatchObject({ kind: 'reserved' });
    expect(await budgets.list('other' as never)).toEqual([]);
    expect(await budgets.remove('other' as never, 'all')).toBe(false);
  });
});

describe('leases that are over', () => {
  it('are marked once, however many look, and late bills clear them', async () => {
    const held = await Promise.all(
      Array.from({ length: 30 }, async (_, index) =>
        reserved(await purse.reserve(intentOf({ job: `j${index}`, usd: 0.5 }))),
      ),
    );
    const books = Array.from({ length: 4 }, () => new PostgresLeaseBook(database));
    const marked = async () => (await Promise.all(books.map((book) => book.markExpired(clock.now(), 100)))).flat();
    expect(await marked()).toEqual([]);
    clock.move(leaseMs);
    const found = await marked();
    expect(found.map(({ job }) => job.jobId).toSorted()).toEqual(held.map(({ intent }) => intent.job.jobId).toSorted());
    expect(found[0]).toMatchObject({ model: 'maker/fine-2026-01-01', attempt: 1, most: picodollarsOf(0.5) });
    expect(await marked()).toEqual([]);
    await purse.settle(held[0]!, billOf(0.5));
    expect(await database.execute('SELECT FROM reservations', [])).toHaveLength(29);
  });
});
