import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ModelError } from '../provider/model-error.js';
import type { CallOutcome, VerifiedOutcome } from '../ports/route-state.js';
import { alarmsOf } from './health-alarms.js';
import { knowledgeOf, learnCall, learnOutcome, unknownHealth, type ModelHealth } from './model-health.js';
import { wilsonLower } from './reroute-rate.js';
import { intervalOf, valueOf, withValue, type RobustMean } from './robust-mean.js';

const start = 1_700_000_000_000;
const week = 7 * 86_400_000;
const outcome = (accepted: boolean): VerifiedOutcome => ({
  ...{ model: 'm', task: 'extract', documentKind: 'invoice', band: 'easy', accepted },
});
type Answered = Extract<CallOutcome, { kind: 'answered' }>;
const answered = (facts: Partial<Answered> = {}): Answered => ({
  kind: 'answered',
  ...{ firstTokenMs: 400, totalMs: 1_400, outputTokens: 100 },
  ...{ estimatedInputTokens: 1_000, billedInputTokens: 1_200 },
  ...facts,
});
const after = (outcomes: readonly Parameters<typeof learnCall>[1][], from: ModelHealth = unknownHealth): ModelHealth =>
  outcomes.reduce((health, each, index) => learnCall(health, each, 'k', start + index * 1_000), from);

describe('posteriors', () => {
  it('are the same whatever the order in which outcomes arrive', () => {
    const events = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 4 * week })), {
      minLength: 1,
      maxLength: 40,
    });
    const learned = (all: readonly (readonly [boolean, number])[]) => {
      const end = all.reduce(
        (health, [accepted, ms]) => learnOutcome(health, outcome(accepted), start + ms),
        unknownHealth,
      );
      return knowledgeOf(end, start + 4 * week).outcomes!.get('extract/invoice/easy')!;
    };
    fc.assert(
      fc.property(events, (all) => {
        const [one, other] = [learned(all), learned([...all].sort(([, a], [, b]) => b - a))];
        expect(one.accepted).toBeCloseTo(other.accepted, 9);
        expect(one.refused).toBeCloseTo(other.refused, 9);
        expect(one.accepted + one.refused).toBeLessThanOrEqual(all.length + 1e-9);
      }),
    );
  });

  it('count half after a week', () => {
    const health = [true, true, true, false].reduce(
      (before, each) => learnOutcome(before, outcome(each), start),
      unknownHealth,
    );
    expect(knowledgeOf(health, start).outcomes!.get('extract/invoice/easy')).toEqual({ accepted: 3, refused: 1 });
    expect(knowledgeOf(health, start + week).outcomes!.get('extract/invoice/easy')).toEqual({
      accepted: 1.5,
      refused: 0.5,
    });
  });

  it('are bounded: of too many cells, the one that is longest unheard of goes', () => {
    let health = unknownHealth;
    for (let kind = 0; kind < 300; kind += 1) {
      health = learnOutcome(health, { ...outcome(true), documentKind: `kind-${kind}` }, start + kind);
    }
    expect(Object.keys(health.outcomes)).toHaveLength(256);
    expect(health.outcomes).not.toHaveProperty(['extract/kind-0/easy']);
  });
});

describe('the usual value', () => {
  const values = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });
  const meanOf = (all: readonly number[]): RobustMean =>
    all.reduce<RobustMean | undefined>((mean, each, index) => withValue(mean, each, start + index), undefined)!;

  it('lies among the values', () => {
    fc.assert(
      fc.property(values, (all) => {
        const value = valueOf(meanOf(all));
        expect(value).toBeGreaterThanOrEqual(Math.min(...all) * (1 - 1e-9));
        expect(value).toBeLessThanOrEqual(Math.max(...all) * (1 + 1e-9));
      }),
    );
  });

  it('hardly moves for one strange value, and follows a lasting change', () => {
    const usual = Array.from({ length: 40 }, (_, index) => 500 + (index % 5) * 20);
    const before = valueOf(meanOf(usual));
    expect(valueOf(meanOf([...usual, 120_000]))).toBeLessThan(before * 1.2);
    expect(valueOf(meanOf([...usual, ...Array<number>(80).fill(5_000)]))).toBeGreaterThan(4_000);
  });

  it('counts what is hours old less', () => {
    const old = meanOf(Array<number>(30).fill(1_000));
    const [soon, late] = [1_000, 24 * 3_600_000].map((ms) => valueOf(withValue(old, 1_100, start + ms)));
    expect(late! - 1_000).toBeGreaterThan(3 * (soon! - 1_000));
  });

  it('keeps a least interval', () => {
    const { least, most } = intervalOf(meanOf(Array<number>(99).fill(1.3)), 4, 1.1);
    expect([least, most].map((end) => Number(end.toFixed(3)))).toEqual([1.182, 1.43]);
  });
});

describe('calls', () => {
  it('teach times, shares of failures by key, and what bills say', () => {
    const failed = { kind: 'failed', error: new ModelError('overloaded', 'busy') } as const;
    const health = after([answered(), failed, answered(), answered()]);
    const { latency, billedShare } = knowledgeOf(health, start);
    expect(latency?.firstTokenMs).toBeCloseTo(400);
    expect(latency?.perOutputTokenMs).toBeCloseTo(10);
    expect(billedShare).toBeCloseTo(1.2);
    expect(health.keys['k']!.bad).toBeGreaterThan(0.99);
    expect(health.calls!.good).toBeGreaterThan(2.9);
  });

  it('of which nothing is known leave nothing known', () => {
    expect(knowledgeOf(unknownHealth, start)).toEqual({});
    const silent = answered({ outputTokens: 0, estimatedInputTokens: 0 });
    expect(knowledgeOf(after([silent]), start)).toEqual({});
  });

  it('raise an alarm when three bills in a row leave the interval, and the next usual bill ends it', () => {
    const usual = Array.from({ length: 30 }, (_, index) => answered({ billedInputTokens: 1_180 + (index % 5) * 10 }));
    const strange = answered({ billedInputTokens: 3_000 });
    const alarmsAfter = (...more: Answered[]) => alarmsOf('m', after([...usual, ...more]), start);
    expect(alarmsAfter(strange, strange)).toEqual([]);
    expect(alarmsAfter(strange, strange, strange)).toMatchObject([{ kind: 'bills-left-interval', model: 'm' }]);
    expect(alarmsAfter(strange, strange, strange, answered())).toEqual([]);
  });
});

describe('cached tokens', () => {
  const bill = (cachedInputTokens: number) => answered({ billedInputTokens: 10_000, cachedInputTokens });
  const shareOf = (health: ModelHealth, atMs = start) => knowledgeOf(health, atMs).cachedShare;

  it('are expected as bills have shown them, not after the first one, and not for long', () => {
    expect(shareOf(after([bill(0), bill(0)]))).toBeUndefined();
    expect(shareOf(after([bill(8_000)]))).toBeCloseTo(8 / 30);
    const warm = after(Array.from({ length: 60 }, () => bill(8_000)));
    expect(shareOf(warm)).toBeGreaterThan(0.75);
    expect(shareOf(warm)).toBeLessThan(0.8);
    expect(shareOf(warm, start + 86_400_000)).toBeLessThan(0.01);
  });
});

describe('re-routes', () => {
  const alarmsAfter = (accepted: number, refused: number) => {
    const all = [...Array<boolean>(accepted).fill(true), ...Array<boolean>(refused).fill(false)];
    const health = all.reduce((before, each) => learnOutcome(before, outcome(each), start), unknownHealth);
    return alarmsOf('m', health, start).map(({ kind, about }) => `${kind} ${about}`);
  };

  it('raise an alarm when it is sure that more than 5 % are refused', () => {
    expect(alarmsAfter(10, 9)).toEqual([]);
    expect(alarmsAfter(93, 7)).toEqual([]);
    expect(alarmsAfter(180, 20)).toEqual(['often-re-routed extract/invoice']);
    expect(alarmsAfter(10, 10)).toEqual(['often-re-routed extract/invoice']);
  });

  it('are sure by Wilson’s interval', () => {
    // From Wilson's formula by hand: 10 of 100 at 95 %.
    expect(wilsonLower(0.1, 100)).toBeCloseTo(0.0552, 3);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 10_000 }), (share, size) => {
        expect(wilsonLower(share, size)).toBeLessThanOrEqual(share + 1e-12);
        expect(wilsonLower(share, size)).toBeLessThanOrEqual(wilsonLower(share, size * 2) + 1e-12);
      }),
    );
  });
});
