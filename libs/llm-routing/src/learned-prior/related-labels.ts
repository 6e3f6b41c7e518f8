import { groupByKey } from './group-by-key.js';
import {
  boundForm,
  isInDomain,
  predictGain,
  standardForm,
  type LabelledPrompt,
  type PromptFacts,
} from './predict-gain.js';
import type { SourcePrior } from './source-prior.js';

/** A prompt that other models have answered than the pair that is learned for, and how good each answer was. */
export interface RelatedPrompt extends PromptFacts {
  readonly source: string;
  /** By model; on any scale that is the same in all prompts of the source. */
  readonly scores: Readonly<Record<string, number>>;
}

/** What a label of other models counts beside one of the pair's own. */
export const relatedWeight = 0.5;
/** Of a set with fewer such prompts nothing is learned: its better models are not known for sure. */
const fewestRelated = 100;
/** A prompt is built like those of the source when no more than this share of them is built more oddly. */
const oddShare = 0.1;

/**
 * Labels of other models on prompts that are like the source's own: built no more oddly than nine in ten of them, of words that
 * are familiar there. That is seen from the texts alone. The gain is what the better models of a set score above the worse ones,
 * moved so that its mean is what the source itself predicts for these prompts: they teach which are harder, not how hard all are.
 * @param alone the source's prior without related labels
 * @param prompts that it was learned from
 */
export function relatedLabels(
  alone: SourcePrior,
  prompts: readonly LabelledPrompt[],
  related: readonly RelatedPrompt[],
): LabelledPrompt[] {
  if (related.length === 0) return [];
  const oddness = oddnessIn(alone);
  const oddest = Float64Array.from(prompts, oddness).sort()[Math.floor((1 - oddShare) * prompts.length)] ?? 0;
  const predictions = new Map(
    related
      .filter((prompt) => oddness(prompt) <= oddest)
      .map((prompt) => [prompt, predictGain(alone, prompt)] as const)
      .filter(([, predicted]) => isInDomain(predicted)),
  );
  return [...groupByKey(predictions.keys(), ({ source }) => source).values()].flatMap((set) => {
    const labelled = gainsOf(set);
    if (labelled.length < fewestRelated) return [];
    const predicted = labelled.map(({ prompt }) => predictions.get(prompt)).filter((known) => known !== undefined);
    const level =
      alone.meanGain +
      meanOf(predicted.map(({ formGain, termGain }) => formGain + termGain)) -
      meanOf(labelled.map(({ gain }) => gain));
    return labelled.map(({ prompt: { form, terms }, gain }) => ({ form, terms, gain: gain + level }));
  });
}

/** How far a prompt's form lies from the mean of the source, over all figures. */
function oddnessIn({ form }: SourcePrior): (prompt: PromptFacts) => number {
  return (prompt) => boundForm(standardForm(prompt.form, form)).reduce((sum, figure) => sum + figure * figure, 0);
}

/** The mean of the models that are better than the mean of models, less the mean of the others; -1..1. */
function gainsOf(set: readonly RelatedPrompt[]): { readonly prompt: RelatedPrompt; readonly gain: number }[] {
  const models = [...new Set(set.flatMap(({ scores }) => Object.keys(scores)))];
  const qualities = models.map((model) => meanOf(set.flatMap(({ scores }) => scores[model] ?? [])));
  const middle = meanOf(qualities);
  const better = models.filter((_, at) => (qualities[at] ?? 0) > middle);
  const worse = models.filter((_, at) => (qualities[at] ?? 0) <= middle);
  const most = set.reduce((so, { scores }) => Math.max(so, ...Object.values(scores).map(Math.abs)), 0) || 1;
  return set.flatMap((prompt) => {
    const scoresOf = (some: readonly string[]): number[] => some.flatMap((model) => prompt.scores[model] ?? []);
    const gain = (meanOf(scoresOf(better)) - meanOf(scoresOf(worse))) / most;
    return Number.isFinite(gain) ? [{ prompt, gain }] : [];
  });
}

/** NaN of none. */
const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
