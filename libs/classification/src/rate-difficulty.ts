import { difficultyReasons, type Difficulty, type DifficultyReason } from '@waybill/contracts';
import { amountOn, difficultyData, type DifficultyWeights } from './difficulty-weights.js';

/** How much there is of each reason, in the units of its scale; what is left out is nothing. */
export type Measures = Partial<Readonly<Record<DifficultyReason, number>>>;

/**
 * The weighted sum of what makes a task hard, cut at 1, with what each reason adds. Where the sum is cut, all
 * contributions shrink alike, so that they still sum to the score.
 */
export function rateDifficulty(measures: Measures, weights: DifficultyWeights = difficultyData): Difficulty {
  const parts = difficultyReasons.flatMap((reason) => {
    const measure = measures[reason];
    const amount = measure === undefined ? 0 : amountOn(weights.scales[reason], measure);
    const contribution = amount * weights.weights[reason];
    return contribution > 0 ? [{ reason, amount, contribution }] : [];
  });
  const sum = parts.reduce((total, { contribution }) => total + contribution, 0);
  const shrink = sum > 1 ? 1 / sum : 1;
  return {
    score: rounded(Math.min(1, sum)),
    reasons: parts
      .map((part) => ({ ...part, amount: rounded(part.amount), contribution: rounded(part.contribution * shrink) }))
      .sort((one, other) => other.contribution - one.contribution),
    version: weights.version,
  };
}

const rounded = (value: number): number => Math.round(Math.min(1, value) * 10_000) / 10_000;
