import { afterAll, beforeAll, it, expect } from '@jest/globals';
import { PostgresBudgetBook, PostgresPurse, PostgresUsageBook, type Database } from '@waybill/persistence';
import { picodollarsOf, usdOf, type Reservation } from '@waybill/llm-routing';
import fc from 'fast-check';
import {
  acme,
  billOf,
  budgetOf,
  intentOf,
  leaseMs,
  openMoneyDatabase,
  start,
  StoppedClock,
  type MoneyDatabase,
} from './money-fixtures.js';

let money: MoneyDatabase;
let database: Database;

beforeAll(async () => {
  money = await openMoneyDatabase();
  database = money.open(2);
});

afterAll(async () => {
  await money.close();
});

/** The state machine of docs/money.md in as few words as possible: one budget, amounts in cents. */
class Model {
  now = start.getTime();
  /** Held or unconfirmed, by key and attempt. */
  readonly intents = new Map<string, { key: string; attempt: number; cents: number; until: number }>();
  /** Cents by key and attempt. */
  readonly booked = new Map<string, { key: string; cents: number }>();

  get spent(): number {
    return [...this.booked.values()].reduce((sum, { cents }) => sum + cents, 0);
  }

  get open() {
    return [...this.intents.values()].filter(({ until }) => until > this.now);
  }

  get held(): number {
    return this.open.reduce((sum, { cents }) => sum + cents, 0);
  }

  reserve(key: string, cents: number): string {
    if ([...this.booked.values()].some((bill) => bill.key === key)) return 'settled';
    if (this.open.some((intent) => intent.key === key)) return 'wait';
    if (this.spent + this.held + cents > capCents) return this.spent + cents > capCents ? 'refuse' : 'wait';
    const attempts = [...this.intents.values()].filter((intent) => intent.key === key).map(({ attempt }) => attempt);
    const attempt = Math.max(0, ...attempts) + 1;
    this.intents.set(`${key}/${attempt}`, { key, attempt, cents, until: this.now + leaseMs });
    return 'reserved';
  }
}

const capCents = 100;
const keys = ['a', 'b', 'c', 'd', 'e'];
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('reserve' as const),
        key: fc.constantFrom(...keys),
        cents: fc.integer({ min: 1, max: 60 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('settle' as const, 'release' as const),
        which: fc.nat(20),
        share: fc.integer({ min: 0, max: 4 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, leaseMs / 2, leaseMs) }),
    },
  ),
  { minLength: 5, maxLength: 30 },
);

it('reservations live as the state machine says, whatever is done in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      await database.execute('TRUNCATE budgets, reservations, ledger, spending', []);
      const [model, clock] = [new Model(), new StoppedClock()];
      const purse = new PostgresPurse(database, clock);
      const budgets = new PostgresBudgetBook(database, clock);
      await budgets.put(acme, budgetOf({ window: 'total', capUsd: capCents / 100 }));
      /** Everything that was ever reserved: settled and released again and again, late or not. */
      const held: Reservation[] = [];
      for (const step of given) {
        if (step.do === 'pass') {
          clock.move(step.ms);
          model.now += step.ms;
        } else if (step.do === 'reserve') {
          const answer = await purse.reserve(intentOf({ idempotencyKey: step.key, usd: step.cents / 100 }));
          expect(answer.kind).toBe(model.reserve(step.key, step.cents));
          if (answer.kind === 'reserved') held.push(answer.reservation);
        } else {
          const reservation = held[step.which % Math.max(1, held.length)];
          if (!reservation) continue;
          const known = model.intents.get(reservation.id);
          const isMine = known?.until === reservation.leaseEndsAt.getTime();
          if (step.do === 'release') {
            await purse.release(reservation);
            if (isMine) model.intents.delete(reservation.id);
          } else if (known === undefined || isMine) {
            const cents = Math.floor((Math.round(usdOf(reservation.most) * 100) * step.share) / 4);
            await purse.settle(reservation, billOf(cents / 100));
            model.intents.delete(reservation.id);
            const key = reservation.intent.idempotencyKey;
            if (!model.booked.has(reservation.id)) model.booked.set(reservation.id, { key, cents });
          }
        }
        const [budget] = await budgets.list(acme);
        expect(picodollarsOf(budget!.spentUsd!)).toBe(picodollarsOf(model.spent / 100));
        expect(picodollarsOf(budget!.reservedUsd!)).toBe(picodollarsOf(model.held / 100));
      }
      const report = await new PostgresUsageBook(database, clock).usage(
        { kind: 'tenant', tenant: acme },
        {
          ...{ by: [], limit: 1, from: start, to: new Date(model.now + 1) },
        },
      );
      const unknown = [...model.intents.values()].filter(({ until }) => until <= model.now);
      expect(report.unconfirmed.calls).toBe(unknown.length);
      expect(report.totals).toMatchObject({ calls: model.booked.size, costUsd: model.spent / 100 });
    }),
    { numRuns: 60 },
  );
});
