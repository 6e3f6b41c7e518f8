import { describe, expect, it } from '@jest/globals';
import { difficultyReasons, type DifficultyReason } from '@waybill/contracts';
import fc from 'fast-check';
import { difficultyData } from './difficulty-weights.js';
import { rateDifficulty, type Measures } from './rate-difficulty.js';

const measures = fc.dictionary(
  fc.constantFrom(...difficultyReasons),
  fc.double({ min: 0, max: 2_000, noNaN: true }),
) as fc.Arbitrary<Measures>;

describe('rateDifficulty', () => {
  it('is the sum of what its reasons add, within 0 and 1, largest first', () => {
    fc.assert(
      fc.property(measures, (given) => {
        const { score, reasons } = rateDifficulty(given);
        const added = reasons.map(({ contribution }) => contribution);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(added.reduce((sum, each) => sum + each, 0)).toBeCloseTo(score, 2);
        expect(added).toEqual([...added].sort((one, other) => other - one));
      }),
    );
  });

  it('never falls when there is more of a reason', () => {
    fc.assert(
      fc.property(
        measures,
        fc.constantFrom(...difficultyReasons),
        fc.double({ min: 0, max: 2_000, noNaN: true }),
        (given, reason: DifficultyReason, more) => {
          const harder = { ...given, [reason]: (given[reason] ?? 0) + more };
          expect(rateDifficulty(harder).score).toBeGreaterThanOrEqual(rateDifficulty(given).score);
        },
      ),
    );
  });

  it('names the weights that it was rated with, and takes others', () => {
    const heavy = { ...difficultyData, version: 7, weights: { ...difficultyData.weights, skew: 1 } };
    expect(rateDifficulty({ skew: 10 }, heavy)).toEqual({
      score: 1,
      reasons: [{ reason: 'skew', amount: 1, contribution: 1 }],
      version: 7,
    });
  });
});
