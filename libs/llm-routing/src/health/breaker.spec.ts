import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askBreaker, breakerAfter, leaseMs, renewProbe, type Breaker, type Reach } from './breaker.js';

const start = 1_700_000_000_000;
const by = (worker: string, call = 1) => ({ worker, call });

/** Ends calls one after another at one moment. */
function ending(breaker: Breaker | undefined, reaches: readonly Reach[], nowMs: number): Breaker | undefined {
  return reaches.reduce(
    (before, reach) => breakerAfter(before, { reach, reason: 'it is down', by: by('w') }, nowMs),
    breaker,
  );
}
const five = Array<Reach>(5).fill('failed');
const untilOf = (breaker: Breaker | undefined): number => (breaker?.kind === 'open' ? breaker.untilMs : NaN);

/** Opens it, and has its probe fail so many times. */
function tripped(times: number): { breaker: Breaker; nowMs: number } {
  let breaker = ending(undefined, five, start)!;
  for (let probe = 1; probe < times; probe += 1) {
    const nowMs = untilOf(breaker);
    const asked = askBreaker(breaker, by('w', probe), nowMs);
    if (asked.kind !== 'probe') throw new Error(asked.kind);
    breaker = breakerAfter(asked.breaker, { reach: 'failed', reason: 'still down', by: by('w', probe) }, nowMs)!;
  }
  return { breaker, nowMs: untilOf(breaker) };
}

describe('a closed breaker', () => {
  it('opens at five failures, and not while most calls go well', () => {
    expect(ending(undefined, five.slice(1), start)?.kind).toBe('closed');
    expect(ending(undefined, five, start)).toMatchObject({ kind: 'open', untilMs: start + 10_000, trips: 1 });
    const mixed = ['failed', ...Array<Reach>(9).fill('reached'), ...five] as Reach[];
    expect(ending(undefined, mixed, start)?.kind).toBe('closed');
  });

  it('forgets failures that are long over, and keeps nothing of health', () => {
    const failures = ending(undefined, five.slice(1), start);
    expect(ending(failures, ['failed'], start + 120_000)?.kind).toBe('closed');
    expect(ending(failures, ['reached'], start + 300_000)).toBeUndefined();
    expect(ending(undefined, ['reached', 'unclear'], start)).toBeUndefined();
  });
});

describe('an open breaker', () => {
  it('rests twice as long each time its probe fails, and at most five minutes', () => {
    const rests = Array.from({ length: 9 }, (_, index) => {
      const { nowMs } = tripped(index + 1);
      return nowMs - (index === 0 ? start : tripped(index).nowMs);
    });
    expect(rests.map((ms) => ms / 1_000)).toEqual([10, 20, 40, 80, 160, 300, 300, 300, 300]);
  });

  it('lets one of many probe, and another only when the first is dead', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 }), (workers) => {
        const { breaker, nowMs } = tripped(1);
        let now: Breaker = breaker;
        const probes = workers.filter((worker) => {
          const asked = askBreaker(now, by(worker), nowMs);
          if (asked.kind === 'probe') now = asked.breaker;
          return asked.kind === 'probe';
        });
        expect(probes).toEqual([workers[0]]);
        const renewed = renewProbe(now, workers[0]!, (call) => call === 1, nowMs + leaseMs - 1);
        expect(askBreaker(renewed, by(workers[1]!), nowMs + leaseMs).kind).toBe('wait');
        expect(askBreaker(now, by(workers[1]!), nowMs + leaseMs).kind).toBe('probe');
        expect(renewProbe(now, workers[0]!, () => false, nowMs + leaseMs - 1)).toBe(now);
      }),
    );
  });

  it('closes by its own probe alone, is free for the next one when the probe shows nothing, and grows if it reopens', () => {
    const { breaker, nowMs } = tripped(2);
    const asked = askBreaker(breaker, by('w', 7), nowMs);
    const halfOpen = asked.kind === 'probe' ? asked.breaker : breaker;
    const after = (reach: Reach, call: number) =>
      breakerAfter(halfOpen, { reach, reason: '', by: by('w', call) }, nowMs);
    expect(after('reached', 6)).toBe(halfOpen);
    expect(after('failed', 6)).toBe(halfOpen);
    expect(after('unclear', 7)).toMatchObject({ kind: 'open', untilMs: nowMs, trips: 2 });
    const closed = after('reached', 7);
    expect(closed?.kind).toBe('closed');
    expect(untilOf(ending(closed, five, nowMs)) - nowMs).toBe(40_000);
    expect(untilOf(ending(closed, five, nowMs + 600_000)) - nowMs - 600_000).toBe(10_000);
  });

  it('is open or closed at any time after any history, and never for more than five minutes', () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 400_000 }),
      reach: fc.constantFrom<Reach>('reached', 'failed', 'unclear'),
      call: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let [breaker, nowMs]: [Breaker | undefined, number] = [undefined, start];
        for (const { ms, reach, call } of steps) {
          nowMs += ms;
          const asked = askBreaker(breaker, by('w', call), nowMs);
          if (asked.kind === 'wait') {
            expect(asked.untilMs - nowMs).toBeLessThanOrEqual(300_000);
            expect(asked.untilMs).toBeGreaterThan(nowMs);
          }
          if (asked.kind === 'probe') breaker = asked.breaker;
          breaker = breakerAfter(breaker, { reach, reason: '', by: by('w', call) }, nowMs);
        }
      }),
    );
  });
});
