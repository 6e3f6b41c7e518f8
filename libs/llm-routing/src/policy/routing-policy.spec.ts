import { describe, expect, it } from '@jest/globals';
import { difficultyBandOf, parsePolicy, PolicyError } from './routing-policy.js';
import { shippedPolicy } from './shipped-policy.js';

describe('the routing policy', () => {
  it('sorts difficulties into bands', () => {
    expect([0, 0.33, 0.34, 0.66, 0.67, 1].map((difficulty) => difficultyBandOf(shippedPolicy, difficulty))).toEqual([
      'easy',
      'easy',
      'medium',
      'medium',
      'hard',
      'hard',
    ]);
  });

  it.each<[object, RegExp]>([
    [{ floor: { default: 2 } }, /floor\.default: /],
    [{ difficultyBands: { easy: 0.7, medium: 0.6 } }, /"easy" must end before "medium"/],
    [{ surprise: true }, /surprise/],
  ])('says where a mistake is: %j', (change, sentence) => {
    const read = () => parsePolicy({ ...shippedPolicy, ...change });
    expect(read).toThrow(PolicyError);
    expect(read).toThrow(sentence);
  });
});
