import {
  boundForm,
  lengthFigure,
  standardForm,
  type FormSpread,
  type LabelledPrompt,
  type PromptFacts,
} from './predict-gain.js';
import { termBuckets } from './prompt-terms.js';
import { relatedLabels, relatedWeight, type RelatedPrompt } from './related-labels.js';
import { solveRidge, type SparseRows } from './solve-ridge.js';
import type { SourcePrior } from './source-prior.js';
import { taskFormNames } from './task-form.js';
import { familiarityOf, termRarities, weighTerms, withoutOneself } from './weigh-terms.js';

/** Labels are noisy: one answer each. This is how much noise the learner expects, in squared lengths of a prompt's terms. */
const shrinkage = 20;
/** How far a deviation of one figure of the form reaches, where all terms of a prompt together reach 1. */
const formReach = 0.043;
/** Below this a figure is taken for constant. */
const leastDeviation = 0.02;

/**
 * Ridge regression of the gain on hashed terms and on the form, at once, so that neither takes what the other explains. Labels of
 * other models on prompts like the source's own (`relatedLabels`) are learned from too, each counting less than an own one.
 */
export function fitSource(
  source: string,
  prompts: readonly LabelledPrompt[],
  related: readonly RelatedPrompt[] = [],
): SourcePrior {
  const alone = solveSource(source, prompts, []);
  const alike = relatedLabels(alone, prompts, related);
  return alike.length === 0 ? alone : solveSource(source, prompts, alike);
}

/** How prompts are usually built is the source's own; words and weights are learned from both. */
function solveSource(
  source: string,
  prompts: readonly LabelledPrompt[],
  alike: readonly LabelledPrompt[],
): SourcePrior {
  const labels = prompts.length;
  const meanGain = prompts.reduce((sum, { gain }) => sum + gain, 0) / Math.max(1, labels);
  const all = [...prompts, ...alike];
  const rarities = termRarities(
    all.map(({ terms }) => terms),
    termBuckets,
  );
  const spread = formSpread(prompts);
  const scales = Float64Array.from(all, (_, at) => (at < labels ? 1 : Math.sqrt(relatedWeight)));
  const targets = Float64Array.from(all, ({ gain }, at) => (gain - meanGain) * (scales[at] ?? 1));
  const solved = solveRidge(rowsOf(all, scales, { rarities, spread }), targets, shrinkage);
  const { weights, weightUnit } = inBytes(solved.subarray(0, termBuckets));
  return {
    source,
    labels,
    related: alike.length,
    meanGain,
    form: {
      ...spread,
      weights: solved.slice(termBuckets).map((weight) => weight * formReach),
      lengthSlope: lengthSlope(prompts, spread, targets),
    },
    terms: { rarities, weights, weightUnit },
    leastFamiliarity: leastFamiliarity(prompts, rarities, all.length),
  };
}

function formSpread(prompts: readonly LabelledPrompt[]): FormSpread {
  const sums = new Float64Array(taskFormNames.length);
  const squares = new Float64Array(taskFormNames.length);
  for (const { form } of prompts) {
    for (const [at, figure] of form.entries()) {
      sums[at] = (sums[at] ?? 0) + figure;
      squares[at] = (squares[at] ?? 0) + figure * figure;
    }
  }
  const count = Math.max(1, prompts.length);
  const means = sums.map((sum) => sum / count);
  const deviations = squares.map((square, at) =>
    Math.max(leastDeviation, Math.sqrt(Math.max(0, square / count - (means[at] ?? 0) ** 2))),
  );
  return { means, deviations };
}

/** Of the gain on the length alone, by least squares. That a shorter prompt be harder is believed of no source. */
function lengthSlope(prompts: readonly LabelledPrompt[], spread: FormSpread, targets: Float64Array): number {
  let [products, squares] = [0, 0];
  for (const [at, { form }] of prompts.entries()) {
    const deviation = standardForm(form, spread)[lengthFigure] ?? 0;
    products += deviation * (targets[at] ?? 0);
    squares += deviation * deviation;
  }
  return squares === 0 ? 0 : Math.max(0, products / squares);
}

/** One row a prompt: its terms, then its form, times its scale (the root of what its label counts). */
function rowsOf(
  prompts: readonly PromptFacts[],
  scales: Float64Array,
  { rarities, spread }: { readonly rarities: Uint8Array; readonly spread: FormSpread },
): SparseRows {
  const figures = taskFormNames.length;
  const entries = prompts.reduce((sum, { terms }) => sum + terms.buckets.length + figures, 0);
  const starts = new Uint32Array(prompts.length + 1);
  const columns = new Uint32Array(entries);
  const values = new Float64Array(entries);
  let at = 0;
  for (const [row, { form, terms }] of prompts.entries()) {
    const scale = scales[row] ?? 1;
    columns.set(terms.buckets, at);
    values.set(
      weighTerms(terms, rarities).map((value) => value * scale),
      at,
    );
    at += terms.buckets.length;
    const bounded = boundForm(standardForm(form, spread));
    for (const [figure, deviation] of bounded.entries()) {
      columns[at] = termBuckets + figure;
      values[at] = deviation * formReach * scale;
      at += 1;
    }
    starts[row + 1] = at;
  }
  return { starts, columns, values, width: termBuckets + figures };
}

const unfamiliarShare = 0.1;

function leastFamiliarity(prompts: readonly LabelledPrompt[], rarities: Uint8Array, read: number): number {
  const others = withoutOneself(rarities, read);
  const familiarities = Float64Array.from(prompts, ({ terms }) => familiarityOf(terms, others, read)).sort();
  return familiarities[Math.floor(unfamiliarShare * familiarities.length)] ?? 1;
}

/** Weights in bytes, so that a prior stays small; what is measured is measured with these. */
function inBytes(weights: Float64Array): { weights: Int8Array; weightUnit: number } {
  const most = weights.reduce((so, weight) => Math.max(so, Math.abs(weight)), 0);
  const weightUnit = most === 0 ? 1 : most / 127;
  return { weights: Int8Array.from(weights, (weight) => Math.round(weight / weightUnit)), weightUnit };
}
