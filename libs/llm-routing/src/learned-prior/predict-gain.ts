import { promptTerms, type PromptTerms } from './prompt-terms.js';
import { promptsRead, type SourcePrior } from './source-prior.js';
import { buildFigures, taskForm, taskFormNames } from './task-form.js';
import { familiarityOf, weighTerms } from './weigh-terms.js';

/** A prompt as the learner sees it. */
export interface PromptFacts {
  readonly form: Float64Array;
  readonly terms: PromptTerms;
}

/** A prompt with what the strong model added to its answer, -1..1. */
export interface LabelledPrompt extends PromptFacts {
  readonly gain: number;
}

export const promptFacts = (text: string): PromptFacts => ({ form: taskForm(text), terms: promptTerms(text) });

export interface PredictedGain {
  /** What the strong model is expected to add, before trust: mean, and the parts of form and words. */
  readonly meanGain: number;
  readonly formGain: number;
  readonly termGain: number;
  /** 0..1: how far the words are believed. 1 in the domain. */
  readonly trust: number;
  readonly familiarity: number;
  /** The form lies within what was learned. */
  readonly formIsKnown: boolean;
}

/** Figures further out than this are taken for this: one odd figure decides nothing. */
const mostDeviations = 3;
/**
 * A figure so far out was hardly seen (a yes or no: in fewer than one of 150 prompts): another form of task, of which only the
 * length is gone by.
 */
const strangeDeviations = 12;
export const lengthFigure = taskFormNames.indexOf('length');

/** How the figures of the form lie in a source. */
export type FormSpread = Pick<SourcePrior['form'], 'means' | 'deviations'>;

/** The deviations of a prompt's form from what is usual in the source. */
export function standardForm(form: Float64Array, { means, deviations }: FormSpread): Float64Array {
  return form.map((figure, at) => (figure - (means[at] ?? 0)) / (deviations[at] ?? 1));
}

export const boundForm = (standard: Float64Array): Float64Array =>
  standard.map((figure) => Math.max(-mostDeviations, Math.min(mostDeviations, figure)));

/** Predicts from one source's labels what the strong model adds to a prompt's answer. */
export function predictGain(prior: SourcePrior, { form, terms }: PromptFacts): PredictedGain {
  const standard = standardForm(form, prior.form);
  const bounded = boundForm(standard);
  const { rarities, weights, weightUnit } = prior.terms;
  const values = weighTerms(terms, rarities);
  const termGain = terms.buckets.reduce((sum, bucket, at) => sum + (values[at] ?? 0) * (weights[bucket] ?? 0), 0);
  const familiarity = familiarityOf(terms, rarities, promptsRead(prior));
  const formIsKnown = standard.subarray(0, buildFigures).every((figure) => Math.abs(figure) <= strangeDeviations);
  const trust = Math.min(1, familiarity / Math.max(prior.leastFamiliarity, Number.EPSILON));
  const fromForm = bounded.reduce((sum, figure, at) => sum + figure * (prior.form.weights[at] ?? 0), 0);
  return {
    meanGain: prior.meanGain,
    formGain: formIsKnown ? fromForm : prior.form.lengthSlope * (standard[lengthFigure] ?? 0),
    termGain: termGain * weightUnit,
    trust: formIsKnown ? trust : 0,
    familiarity,
    formIsKnown,
  };
}

export const isInDomain = ({ trust }: PredictedGain): boolean => trust === 1;

/** What is believed of a prediction: the form (or the length), and the words as far as they are trusted. */
export const believedGain = ({ meanGain, formGain, termGain, trust }: PredictedGain): number =>
  meanGain + formGain + trust * termGain;
