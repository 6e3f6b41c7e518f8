import type { LearnedPrior } from './learned-prior.js';
import { promptDifficulty } from './prompt-difficulty.js';

/** A learned prior as it is used: which version of it, for receipts. */
export interface UsedPrior {
  readonly prior: LearnedPrior;
  /** Names the file's content, for example `prior-3f2a90c41d7e`. */
  readonly version: string;
}

/** What a learned prior says of a prompt. */
export interface LearnedDifficulty {
  readonly version: string;
  /** Whether prompts like this one were learned from; only then does the score count. */
  readonly inDomain: boolean;
  /** 0..1 */
  readonly score: number;
  /** Sentences for people. */
  readonly reasons: readonly string[];
}

/** How hard work is taken to be, 0..1, and what was learned about it where that was asked. */
export interface JudgedDifficulty {
  readonly score: number;
  readonly learned?: LearnedDifficulty;
}

const fallsBack = 'Prompts like this one were not learned from, so the difficulty is the one that the document has';

/**
 * Joins what makes the document hard with what records have taught about the prompt: the harder of the two counts. A prompt
 * out of the prior's domain changes nothing, and the reasons say so.
 * @param rated how hard the task is on the document, 0..1
 * @param prompt what is asked in words; absent for tasks that ask nothing in words of their own
 */
export function judgeDifficulty(
  rated: number,
  used: UsedPrior | undefined,
  prompt: string | undefined,
): JudgedDifficulty {
  if (!used || prompt === undefined || prompt.trim() === '') return { score: rated };
  const { difficulty, inDomain, reasons } = promptDifficulty(used.prior, prompt);
  const learned = { version: used.version, inDomain, score: difficulty, reasons };
  if (!inDomain) return { score: rated, learned: { ...learned, reasons: [fallsBack, ...reasons] } };
  return { score: Math.max(rated, difficulty), learned };
}
