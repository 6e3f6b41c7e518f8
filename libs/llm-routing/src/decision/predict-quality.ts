import type { ModelTask } from '../catalog/model-card.js';
import type { DifficultyBand, RoutingPolicy } from '../policy/routing-policy.js';

interface Cell {
  readonly task: ModelTask;
  readonly tier: number;
  readonly band: DifficultyBand;
}

/**
 * The mean of a Beta distribution: the policy's prior, worth `priorStrength` observations, and every verified outcome.
 * @returns the predicted share of right answers, 0..1
 */
export function predictQuality(
  policy: RoutingPolicy,
  { task, tier, band }: Cell,
  outcomes: { readonly accepted: number; readonly refused: number } | undefined,
): number {
  const { prior, byTask, priorStrength } = policy.quality;
  const believed = (byTask[task] ?? prior)[tier as 0 | 1 | 2 | 3][band];
  if (!outcomes) return believed;
  const { accepted, refused } = outcomes;
  return (believed * priorStrength + accepted) / (priorStrength + accepted + refused);
}
