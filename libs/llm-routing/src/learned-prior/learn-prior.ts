import { crossFit } from './cross-fit.js';
import { fitSource } from './fit-source.js';
import { groupByKey } from './group-by-key.js';
import type { GainSpread, LearnedPrior, SourceEvaluation } from './learned-prior.js';
import { believedGain, promptFacts, type LabelledPrompt, type PredictedGain } from './predict-gain.js';
import { promptKey } from './prompt-key.js';
import type { RelatedPrompt } from './related-labels.js';
import { measureRouting } from './routing-curve.js';
import { withoutCopies } from './without-copies.js';

/** A prompt that both models answered, and how good the answers were. */
export interface RoutingRecord {
  readonly source: string;
  readonly prompt: string;
  /** Higher is better, on any scale that is the same in all records of a source. */
  readonly weak: number;
  readonly strong: number;
}

/** A prompt that other models answered. */
export interface RelatedRecord extends Pick<RelatedPrompt, 'source' | 'scores'> {
  readonly prompt: string;
}

/** Too few labels teach nothing that holds. */
export const fewestLabels = 100;

export interface LearnedSource {
  readonly records: readonly RoutingRecord[];
  readonly prompts: readonly LabelledPrompt[];
  /** What other models teach of prompts like these, without copies of them. */
  readonly related: readonly RelatedPrompt[];
  /** Of each prompt, by fits that it had no part in. */
  readonly outOfFold: readonly PredictedGain[];
}

export interface Learned {
  readonly prior: LearnedPrior;
  readonly sources: ReadonlyMap<string, LearnedSource>;
}

/**
 * Learns one prior for a pair of models from labelled prompts; each source is learned apart, because what makes a prompt hard in
 * one says little in another. Sources with fewer than `fewestLabels` are left out. The same records and seed give the same prior.
 * @param related records of other models; those on prompts like a source's own are learned from too
 * @throws RangeError when no source has enough labels
 */
export function learnPrior(
  models: Pick<LearnedPrior, 'weak' | 'strong'>,
  records: readonly RoutingRecord[],
  seed: number,
  related: readonly RelatedRecord[] = [],
): Learned {
  const bySource = groupByKey(records, ({ source }) => source);
  const large = [...bySource].filter(([, { length }]) => length >= fewestLabels).sort(([a], [b]) => (a < b ? -1 : 1));
  if (large.length === 0)
    throw new RangeError(`No source has ${fewestLabels} labels; give more records to learn from.`);
  const sources = new Map(large.map(([source, own]) => [source, learnSource(own, seed, related)]));
  const evaluation = [...sources].map(([source, learned]) => evaluate(source, learned));
  const gains = [...sources.values()].flatMap(({ outOfFold }) => outOfFold.map(believedGain));
  const prior: LearnedPrior = {
    ...models,
    sources: [...sources].map(([source, { prompts, related: alike }]) => fitSource(source, prompts, alike)),
    predicted: spreadOf(gains),
    seed,
    evaluation,
  };
  return { prior, sources };
}

/** Prompts as the learner sees them, with gains on a scale from -1 to 1. */
export function labelPrompts(records: readonly RoutingRecord[]): LabelledPrompt[] {
  const most = records.reduce((so, { weak, strong }) => Math.max(so, Math.abs(weak), Math.abs(strong)), 0) || 1;
  return records.map(({ prompt, weak, strong }) => ({
    ...promptFacts(prompt),
    gain: (strong - weak) / most,
  }));
}

/** Related records as the learner sees them, without those that ask what one of the source's own prompts asks. */
export const relatedTo = (
  records: readonly Pick<RoutingRecord, 'prompt'>[],
  related: readonly RelatedRecord[],
): RelatedPrompt[] =>
  withoutCopies(
    related,
    records.map(({ prompt }) => prompt),
  ).map(({ source, scores, prompt }) => ({ source, scores, ...promptFacts(prompt) }));

function learnSource(
  records: readonly RoutingRecord[],
  seed: number,
  relatedRecords: readonly RelatedRecord[],
): LearnedSource {
  const prompts = labelPrompts(records);
  const related = relatedTo(records, relatedRecords);
  const outOfFold = crossFit(prompts, (_, index) => promptKey(records[index]?.prompt ?? ''), seed, related);
  return { records, prompts, related, outOfFold };
}

function evaluate(source: string, { records, outOfFold }: LearnedSource): SourceEvaluation {
  const apgrOf = (scores: readonly number[]): number =>
    measureRouting(records.map(({ weak, strong }, index) => ({ weak, strong, score: scores[index] ?? 0 }))).apgr;
  return {
    source,
    labels: records.length,
    apgr: apgrOf(outOfFold.map(believedGain)),
    lengthApgr: apgrOf(records.map(({ prompt }) => prompt.length)),
  };
}

function spreadOf(gains: readonly number[]): GainSpread {
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / gains.length;
  return { mean, deviation: Math.sqrt(variance) };
}
