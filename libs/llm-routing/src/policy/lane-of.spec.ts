import { describe, expect, it } from '@jest/globals';
import { shippedCatalog } from '../catalog/shipped-catalog.js';
import { isLaterLane, laneOf } from './lane-of.js';
import { shippedPolicy } from './shipped-policy.js';

const cardOf = (tier: number) => shippedCatalog.models.find((card) => card.tier === tier)!;

describe('laneOf', () => {
  it.each([
    [0, 'free'],
    [1, 'fast'],
    [2, 'standard'],
    [3, 'frontier'],
  ] as const)('asks tier %i in the lane %s', (tier, lane) => {
    expect(laneOf(shippedPolicy, { card: cardOf(tier), latencyMs: 1_000 })).toBe(lane);
  });

  it('keeps slow calls out of the fast lanes, whatever they cost; what is built in is never slow', () => {
    expect(laneOf(shippedPolicy, { card: cardOf(1), latencyMs: 60_000 })).toBe('frontier');
    expect(laneOf(shippedPolicy, { card: cardOf(0), latencyMs: 600_000 })).toBe('free');
  });

  it('takes calls at flex for slow ones', () => {
    expect(laneOf(shippedPolicy, { card: cardOf(1), latencyMs: 1_000 }, 'flex')).toBe('frontier');
    expect(laneOf(shippedPolicy, { card: cardOf(1), latencyMs: 1_000 }, 'priority')).toBe('fast');
  });

  it('moves work forwards only', () => {
    expect([isLaterLane('frontier', 'fast'), isLaterLane('fast', 'fast'), isLaterLane('free', 'fast')]).toEqual([
      ...[true, false, false],
    ]);
  });
});
