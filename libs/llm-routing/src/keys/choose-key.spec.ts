import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseKey } from './choose-key.js';
import { MemoryKeyHealth } from './key-health.js';

const now = new Date('2026-11-21T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe('chooseKey', () => {
  it('shares calls by weight', () => {
    const keys = [
      { id: 'a', weight: 3 },
      { id: 'b', weight: 1 },
    ];
    const chosen = Array.from({ length: 400 }, (_, step) => chooseKey(keys, new Map(), now, step / 400));
    expect(chosen.filter((choice) => choice.kind === 'key' && choice.key.id === 'a')).toHaveLength(300);
  });

  it('never takes a cooling key, and names the first reopening when all cool', () => {
    const pool = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1 }),
        weight: fc.integer({ min: 1, max: 9 }),
        coolS: fc.integer({ min: -9, max: 9 }),
      }),
      { minLength: 1, selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(pool, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (keys, random) => {
        const cooling = new Map(keys.map(({ id, coolS }) => [id, later(coolS)]));
        const choice = chooseKey(keys, cooling, now, random);
        const least = Math.min(...keys.map(({ coolS }) => coolS));
        if (choice.kind === 'cooling') expect([choice.until, least > 0]).toEqual([later(least), true]);
        else expect(cooling.get(choice.key.id)!.getTime()).toBeLessThanOrEqual(now.getTime());
      }),
    );
  });
});

describe('MemoryKeyHealth', () => {
  it('keeps the later moment, for each provider apart', async () => {
    const health = new MemoryKeyHealth();
    await health.cool('one', 'a', later(60));
    await health.cool('one', 'a', later(5));
    expect(health.coolingUntil('one')).toEqual(new Map([['a', later(60)]]));
    expect(health.coolingUntil('two')).toEqual(new Map());
  });
});
