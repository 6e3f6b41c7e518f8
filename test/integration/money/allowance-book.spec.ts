import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CoveredBill } from '@waybill/llm-routing';
import { PostgresAllowanceBook, PostgresPurse, type Database } from '@waybill/persistence';
import { billOf, intentOf, openMoneyDatabase, reserved, StoppedClock, type MoneyDatabase } from './money-fixtures.js';

let money: MoneyDatabase;
let database: Database;
const clock = new StoppedClock();

beforeAll(async () => {
  money = await openMoneyDatabase();
  database = money.open();
});
beforeEach(() => database.execute('TRUNCATE budgets, reservations, ledger, spending', []));
afterAll(() => money.close());

async function sums() {
  const [row] = await database.execute<{ booked: string; held: string; rows: number }>(
    `SELECT (SELECT coalesce(sum(cost_usd), 0)::float8 FROM spending WHERE scope = '' AND span = 'total') AS booked,
      (SELECT coalesce(sum(most_usd), 0)::float8 FROM reservations) AS held, (SELECT count(*)::int FROM ledger) AS rows`,
    [],
  );
  return row;
}

describe('bills of an allowance', () => {
  it('leave it in the moment in which they are booked, each once however often it is given', async () => {
    const purse = new PostgresPurse(database, clock);
    const book = new PostgresAllowanceBook(database);
    const allowance = reserved(await purse.reserve(intentOf({ usd: 1 })));
    const bills = Array.from({ length: 5 }, (_, index): CoveredBill => {
      const intent = intentOf({ usd: 0.1, job: `chat-${index}` });
      const reservation = { id: `${intent.idempotencyKey}/1`, attempt: 1, most: intent.most, intent };
      return {
        allowance,
        reservation: { ...reservation, leaseEndsAt: allowance.leaseEndsAt },
        bill: billOf(0.03),
        at: clock.now(),
      };
    }).map((bill) => book.written(bill));
    await book.book(bills.slice(0, 3));
    expect(await sums()).toEqual({ booked: 0.09, held: 0.91, rows: 3 });
    await Promise.all([book.book(bills), book.book(bills), book.book(bills)]);
    expect(await sums()).toEqual({ booked: 0.15, held: 0.85, rows: 5 });
    await purse.release(allowance);
    await book.book(bills);
    expect(await sums()).toEqual({ booked: 0.15, held: 0, rows: 5 });
  });
});
