import type { SourcePrior } from './source-prior.js';

/** How well a source's labels rank its own prompts, each scored by a fit that it had no part in. */
export interface SourceEvaluation {
  readonly source: string;
  readonly labels: number;
  readonly apgr: number;
  /** The same for the length of the prompt alone. */
  readonly lengthApgr: number;
}

/** What records of two models have taught about which prompts need the stronger one. docs/routing-evaluation.md. */
export interface LearnedPrior {
  readonly weak: string;
  readonly strong: string;
  readonly sources: readonly SourcePrior[];
  /** How gains lie that were predicted for prompts that had no part in the fit; gives difficulties their scale. */
  readonly predicted: GainSpread;
  readonly seed: number;
  readonly evaluation: readonly SourceEvaluation[];
}

export interface GainSpread {
  readonly mean: number;
  readonly deviation: number;
}

/** The logistic curve that lies closest to the normal one. */
const logisticSlope = 1.702;

/** Difficulty 0..1, rising with the gain: about the share of the prompts learned from that gain less. */
export function difficultyOfGain(gain: number, { mean, deviation }: GainSpread): number {
  return 1 / (1 + Math.exp((-logisticSlope * (gain - mean)) / Math.max(deviation, Number.EPSILON)));
}
