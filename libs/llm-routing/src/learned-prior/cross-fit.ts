import { fitSource } from './fit-source.js';
import { predictGain, type LabelledPrompt, type PredictedGain } from './predict-gain.js';
import type { RelatedPrompt } from './related-labels.js';

export const foldCount = 5;

/**
 * Predicts each prompt by a fit on the prompts of all other folds. Prompts of one key share a fold, so that neither a copy of a
 * text nor, where the key is a group, another prompt of the group is learned from.
 * @param related holds no copy of any of the prompts (`relatedTo`)
 */
export function crossFit(
  prompts: readonly LabelledPrompt[],
  keyOf: (prompt: LabelledPrompt, index: number) => string,
  seed: number,
  related: readonly RelatedPrompt[] = [],
): PredictedGain[] {
  const folds = foldsOf(prompts.map(keyOf), seed);
  const meanGain = prompts.reduce((sum, { gain }) => sum + gain, 0) / Math.max(1, prompts.length);
  const predicted = new Array<PredictedGain>(prompts.length);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const learned = fitSource(
      'fold',
      prompts.filter((_, index) => folds[index] !== fold),
      related,
    );
    for (const [index, prompt] of prompts.entries()) {
      // The mean of a fold's rest is the lower, the more its own prompts gain: one mean for all keeps that out of the ranking.
      if (folds[index] === fold) predicted[index] = { ...predictGain(learned, prompt), meanGain };
    }
  }
  return predicted;
}

/** A fold for each key: keys in the order of their seeded hash are dealt out in turn, so that folds are of equal size. */
export function foldsOf(keys: readonly string[], seed: number): number[] {
  const dealt = [...new Set(keys)].sort((a, b) => seededHash(a, seed) - seededHash(b, seed) || (a < b ? -1 : 1));
  const folds = new Map(dealt.map((key, index) => [key, index % foldCount]));
  return keys.map((key) => folds.get(key) ?? 0);
}

/** FNV-1a, 32 bits, with a seed and a last mixing (murmur3's). */
function seededHash(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
