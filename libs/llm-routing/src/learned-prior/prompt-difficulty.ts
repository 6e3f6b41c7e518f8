import { difficultyOfGain, type LearnedPrior } from './learned-prior.js';
import {
  believedGain,
  boundForm,
  isInDomain,
  predictGain,
  promptFacts,
  standardForm,
  type PredictedGain,
} from './predict-gain.js';
import { termKinds, type PromptTerms } from './prompt-terms.js';
import { promptsRead, type SourcePrior } from './source-prior.js';
import { taskFormNames } from './task-form.js';
import { promptsHaving } from './weigh-terms.js';

export interface PromptDifficulty {
  /** 0..1: how much a stronger model is expected to add, among the prompts learned from. */
  readonly difficulty: number;
  /** Whether prompts like this one were learned from. If not, words count less or nothing. */
  readonly inDomain: boolean;
  /** The source that the prompt is most like. */
  readonly source: string;
  /** The expected gain itself, on the scale of the labels (0 worst, 1 best answer). */
  readonly gain: number;
  /** Sentences for people. */
  readonly reasons: readonly string[];
}

/** How hard a prompt is by what was learned: under a millisecond, from its text alone. docs/routing-evaluation.md */
export function promptDifficulty(prior: LearnedPrior, text: string): PromptDifficulty {
  const facts = promptFacts(text);
  const source = nearestSource(prior.sources, facts.terms);
  const predicted = predictGain(source, facts);
  const gain = believedGain(predicted);
  return {
    difficulty: difficultyOfGain(gain, prior.predicted),
    inDomain: isInDomain(predicted),
    source: source.source,
    gain,
    reasons: [familiarReason(source, predicted), ...(predicted.formIsKnown ? formReasons(source, facts.form) : [])],
  };
}

/** Words that no prompt of a source has are as rare as this in each, so that a small source is not taken for a strange one. */
const rarestShare = 0.002;

/** The source whose prompts have a prompt's words most often (naive Bayes over the words that it has). */
export function nearestSource(sources: readonly SourcePrior[], { buckets }: PromptTerms): SourcePrior {
  const likelihoods = sources.map((source) => {
    const { rarities } = source.terms;
    const read = promptsRead(source);
    let sum = 0;
    for (const bucket of buckets) {
      if (bucket >= termKinds[0].buckets) continue;
      sum += Math.log(Math.max(rarestShare, promptsHaving(rarities[bucket] ?? 0, read) / read));
    }
    return sum;
  });
  const nearest = sources[likelihoods.indexOf(Math.max(...likelihoods))];
  if (!nearest) throw new RangeError('A learned prior without sources predicts nothing; learn it from records.');
  return nearest;
}

function familiarReason({ source }: SourcePrior, { familiarity, formIsKnown, trust }: PredictedGain): string {
  const known = `${Math.round(100 * familiarity)} % of its words are known from "${source}"`;
  if (!formIsKnown) return `${known}, but no prompt there was built like this: only its length counts`;
  return trust === 1 ? known : `${known}, fewer than usual there: its words count ${Math.round(100 * trust)} %`;
}

const shownReasons = 3;
/** Smaller parts of the gain than this explain nothing. */
const leastGain = 0.005;

/** What about the prompt's form makes it harder or easier, the strongest first. */
function formReasons({ form }: SourcePrior, figures: Float64Array): string[] {
  const bounded = boundForm(standardForm(figures, form));
  return taskFormNames
    .map((name, at) => ({ name, deviation: bounded[at] ?? 0, gain: (bounded[at] ?? 0) * (form.weights[at] ?? 0) }))
    .filter(({ gain }) => Math.abs(gain) >= leastGain)
    .sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain))
    .slice(0, shownReasons)
    .map(
      ({ name, deviation, gain }) =>
        `${gain > 0 ? 'harder' : 'easier'} by "${name}", which is ${deviation > 0 ? 'above' : 'below'} the mean`,
    );
}
