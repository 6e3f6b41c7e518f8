import { pageKinds, type PageKind } from '@waybill/contracts';
import type { Features } from './look-features.js';

/**
 * Multinomial logistic regression over standardised features and their squares, so that a kind may lie in the middle
 * of a feature. Written by `npm run train:classify`; `provenance` and
 * `evaluation` say what it was fitted on and how well it did on pages that had no part in the fit.
 */
export interface KindModel {
  readonly version: number;
  readonly features: readonly string[];
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** For each kind its bias, then one weight a feature, then one a square. */
  readonly weights: Readonly<Record<PageKind, readonly number[]>>;
}

/** Nothing may count for more deviations than these: a page unlike all others is no surer for it. */
const mostDeviations = 3;

export type KindProbabilities = Readonly<Record<PageKind, number>>;

/** The probability of every kind; they sum to 1. A feature that is missing counts as average. */
export function probabilitiesOf(model: KindModel, features: Features): KindProbabilities {
  const standard = model.features.map((name, at) => {
    const value = ((features[name] ?? model.mean[at] ?? 0) - (model.mean[at] ?? 0)) / (model.deviation[at] ?? 1);
    return Math.max(-mostDeviations, Math.min(mostDeviations, value));
  });
  const inputs = [...standard, ...standard.map((value) => (value * value) / mostDeviations)];
  const scores = pageKinds.map((kind) => {
    const [bias = 0, ...weights] = model.weights[kind];
    return weights.reduce((sum, weight, at) => sum + weight * (inputs[at] ?? 0), bias);
  });
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return Object.fromEntries(pageKinds.map((kind, at) => [kind, (powers[at] ?? 0) / total])) as KindProbabilities;
}
