import { describe, expect, it } from '@jest/globals';
import { budgetReactions, budgetWindows } from '@waybill/contracts';
import fc from 'fast-check';
import { windowAt } from './budget-window.js';
import { hasRoom, judgeBudgets, settlingMs, type BudgetStanding } from './judge-budgets.js';
import { decimalUsdOf, picodollarsOfDecimal } from './picodollars.js';

const now = new Date('2026-12-31T23:30:00.000Z');
const usd = 10n ** 12n;
const amount = fc.bigInt({ min: 0n, max: 100n * usd });
const standings = fc.array(
  fc.record({
    name: fc.constantFrom('one', 'two', 'three'),
    window: fc.constantFrom(...budgetWindows),
    over: fc.constantFrom(...budgetReactions),
    cap: amount,
    spent: amount,
    reserved: amount,
  }),
  { maxLength: 5 },
);
const standing = (more: Partial<BudgetStanding> = {}): BudgetStanding => ({
  ...{ name: 'team', window: 'day', over: 'wait', cap: 10n * usd, spent: 9n * usd, reserved: 0n },
  ...more,
});

describe('judgeBudgets', () => {
  it('lets a call through exactly when it keeps every budget', () => {
    fc.assert(
      fc.property(standings, amount, (given, most) => {
        const keepsAll = given.every(({ cap, spent, reserved }) => spent + reserved + most <= cap);
        expect(judgeBudgets(given, most, now) === undefined).toBe(keepsAll);
        expect(given.every((each) => hasRoom(each, most))).toBe(keepsAll);
      }),
    );
  });

  it('says the same in any order, and never asks to wait for the past', () => {
    fc.assert(
      fc.property(standings, amount, (given, most) => {
        const verdict = judgeBudgets(given, most, now);
        const reversed = judgeBudgets(given.toReversed(), most, now);
        const sense = ({ reason: _reason, ...rest }: object & { reason?: string }) => rest;
        expect(sense(reversed ?? {})).toEqual(sense(verdict ?? {}));
        if (verdict?.kind === 'wait') expect(verdict.until.getTime()).toBeGreaterThan(now.getTime());
        if (verdict?.kind === 'degrade') expect(verdict.leftUsd).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('waits for what is held, until the first lease ends but no longer than settling takes', () => {
    const held = standing({ over: 'refuse', spent: 0n, reserved: 10n * usd });
    expect(judgeBudgets([held], usd, now)).toMatchObject({ kind: 'wait', until: new Date(now.getTime() + settlingMs) });
    const soon = new Date(now.getTime() + 1);
    expect(judgeBudgets([{ ...held, firstLeaseEndsAt: soon }], usd, now)).toMatchObject({ until: soon });
  });

  it('waits until the window turns, and refuses what no window can hold', () => {
    const turning = new Date('2027-01-01T00:00:00.000Z');
    expect(judgeBudgets([standing()], 2n * usd, now)).toMatchObject({ kind: 'wait', until: turning });
    expect(judgeBudgets([standing()], 11n * usd, now)).toMatchObject({
      kind: 'refuse',
      reason:
        'The call may cost 11 USD, more than all of the budget team of 10 USD a day; raise it or ask for a cheaper model.',
    });
  });

  it('refuses rather than waits, and waits rather than degrades', () => {
    const kinds = (...given: BudgetStanding['over'][]) =>
      judgeBudgets(
        given.map((over) => standing({ over })),
        2n * usd,
        now,
      )?.kind;
    expect(kinds('degrade', 'wait', 'refuse')).toBe('refuse');
    expect(kinds('degrade', 'wait')).toBe('wait');
    expect(kinds('degrade')).toBe('degrade');
  });
});

describe('windowAt', () => {
  it('holds every moment between its start and its end, and the next one begins where it ends', () => {
    const moments = fc.date({ min: new Date('1999-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.constantFrom(...budgetWindows), (moment, window) => {
        const { startsAt, endsAt } = windowAt(window, moment);
        expect(startsAt <= moment).toBe(true);
        expect(windowAt(window, startsAt).startsAt).toEqual(startsAt);
        if (!endsAt) return;
        expect(endsAt > moment).toBe(true);
        expect(windowAt(window, endsAt).startsAt).toEqual(endsAt);
        expect(windowAt(window, new Date(endsAt.getTime() - 1)).startsAt).toEqual(startsAt);
      }),
    );
  });
});

describe('decimals of money', () => {
  it('are exact in both directions', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (picodollars) => {
        expect(picodollarsOfDecimal(decimalUsdOf(picodollars))).toBe(picodollars);
      }),
    );
    expect(picodollarsOfDecimal('1.5')).toBe(1_500_000_000_000n);
    expect(decimalUsdOf(-1n)).toBe('-0.000000000001');
  });

  it.each(['', '1,5', '1e3', '.5', '0.0000000000001'])('refuse %j', (text) => {
    expect(() => picodollarsOfDecimal(text)).toThrow(RangeError);
  });
});
