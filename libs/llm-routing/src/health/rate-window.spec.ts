import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { correct, count, fitsFrom, recent, type RateWindow } from './rate-window.js';

const start = 1_700_000_000_000;
const calls = fc.array(
  fc.record({ waitMs: fc.integer({ min: 0, max: 20_000 }), tokens: fc.integer({ min: 1, max: 500 }) }),
  { maxLength: 120 },
);
const limit = { requestsPerMinute: 12, tokensPerMinute: 1_000 };

/** Those of the calls that get in, with their moments. */
function letThrough(wanted: readonly { waitMs: number; tokens: number }[], patience: 'none' | 'waits') {
  let [window, nowMs]: [RateWindow, number] = [[], start];
  return wanted.flatMap(({ waitMs, tokens }) => {
    nowMs += waitMs;
    const fromMs = fitsFrom(window, limit, tokens, nowMs);
    if (fromMs > nowMs && patience === 'none') return [];
    nowMs = fromMs;
    ({ window } = count(window, limit, tokens, nowMs));
    return [{ nowMs, tokens }];
  });
}

describe('a window of a rate limit', () => {
  it.each(['none', 'waits'] as const)('holds in every minute, wherever it begins (patience: %s)', (patience) => {
    fc.assert(
      fc.property(calls, (wanted) => {
        const made = letThrough(wanted, patience);
        for (const { nowMs: from } of made) {
          const minute = made.filter(({ nowMs }) => nowMs >= from && nowMs <= from + 60_000);
          expect(minute.length).toBeLessThanOrEqual(limit.requestsPerMinute);
          expect(minute.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(limit.tokensPerMinute);
        }
        if (patience === 'waits') expect(made).toHaveLength(wanted.length);
      }),
    );
  });

  it('is used up to the limit, and is free again 63 seconds later at the latest', () => {
    let window: RateWindow = [];
    for (let call = 0; call < 10; call += 1) ({ window } = count(window, limit, 100, start));
    expect(fitsFrom(window, limit, 100, start) - start).toBeGreaterThan(60_000);
    expect(fitsFrom(window, limit, 100, start) - start).toBeLessThanOrEqual(63_000);
    expect(fitsFrom(window, limit, 1_000, start + 63_000)).toBe(start + 63_000);
    expect(recent(window, start + 63_000)).toEqual([]);
  });

  it('lets a call above the limit in alone', () => {
    const { window } = count([], limit, 5, start);
    expect(fitsFrom([], limit, 9_999, start)).toBe(start);
    expect(fitsFrom(window, limit, 9_999, start)).toBeGreaterThan(start);
    expect(count([], limit, 9_999, start).counted.tokens).toBe(1_000);
  });

  it('is corrected by what was billed, and stays small', () => {
    const first = count([], limit, 900, start);
    expect(fitsFrom(first.window, limit, 300, start)).toBeGreaterThan(start);
    const corrected = correct(first.window, first.counted, 400);
    expect(fitsFrom(corrected, limit, 600, start)).toBe(start);
    expect(correct([], first.counted, 400)).toEqual([]);
    fc.assert(
      fc.property(calls, (wanted) => {
        let [window, nowMs]: [RateWindow, number] = [[], start];
        for (const { waitMs, tokens } of wanted) ({ window } = count(window, {}, tokens, (nowMs += waitMs)));
        expect(window.length).toBeLessThanOrEqual(21);
      }),
    );
  });
});
