import { z } from 'zod';
import { remaining } from './tally.js';

/** A geometric mean that follows its values slowly and does not follow a single strange one. */
export const robustMeanSchema = z.object({
  /** Natural logarithms: of the mean, and of the usual distance from it. */
  logMean: z.number(),
  logSpread: z.number().nonnegative(),
  /** How many values stand behind it, as far as they still count. */
  weight: z.number().nonnegative(),
  atMs: z.number(),
});
export type RobustMean = Readonly<z.infer<typeof robustMeanSchema>>;

const halfLifeMs = 6 * 3_600_000;
const leastGain = 1 / 20;
const farthestSpreads = 3;
const firstSpread = 0.5;
const leastSpread = 0.05;
/** Zero has no logarithm. */
const leastValue = 1e-3;

/** The mean after one more value. */
export function withValue(mean: RobustMean | undefined, value: number, atMs: number): RobustMean {
  const log = Math.log(Math.max(leastValue, value));
  if (!mean) return { logMean: log, logSpread: firstSpread, weight: 1, atMs };
  const weight = mean.weight * remaining(atMs - mean.atMs, halfLifeMs) + 1;
  const gain = Math.min(1, Math.max(1 / weight, leastGain));
  const farthest = farthestSpreads * Math.max(leastSpread, mean.logSpread);
  const distance = Math.max(-farthest, Math.min(farthest, log - mean.logMean));
  return {
    logMean: mean.logMean + gain * distance,
    logSpread: mean.logSpread + gain * (Math.abs(distance) - mean.logSpread),
    weight: Math.min(weight, 1 / leastGain),
    atMs: Math.max(atMs, mean.atMs),
  };
}

export const valueOf = ({ logMean }: RobustMean): number => Math.exp(logMean);

/** Where values usually lie: so many spreads around the mean, and at least so far as a factor. */
export function intervalOf(
  { logMean, logSpread }: RobustMean,
  spreads: number,
  leastFactor: number,
): { readonly least: number; readonly most: number } {
  const reach = Math.max(Math.log(leastFactor), spreads * logSpread);
  return { least: Math.exp(logMean - reach), most: Math.exp(logMean + reach) };
}
