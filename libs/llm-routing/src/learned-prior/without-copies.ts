import { groupByKey } from './group-by-key.js';
import { promptKey } from './prompt-key.js';
import { splitQuestion } from './split-question.js';

/** So many words in a row that begin a prompt find where it is copied; a shorter prompt must be the whole of its copy. */
const firstWords = 6;

/**
 * Leaves out what asks the same as one of the prompts, also inside a longer text, however it is spaced or spelled. What is asked
 * counts, not the answers to choose from.
 */
export function withoutCopies<Candidate extends { readonly prompt: string }>(
  candidates: readonly Candidate[],
  prompts: readonly string[],
): Candidate[] {
  const keys = new Set(prompts.map(askedIn));
  const byFirstWords = groupByKey(keys, (key) => key.split(' ', firstWords).join(' '));
  return candidates.filter(({ prompt }) => {
    const text = promptKey(prompt);
    const words = text.split(' ');
    return !(
      keys.has(askedIn(prompt)) ||
      words.some((_, at) =>
        byFirstWords.get(words.slice(at, at + firstWords).join(' '))?.some((key) => isWithin(key, text)),
      )
    );
  });
}

const askedIn = (prompt: string): string => promptKey(splitQuestion(prompt).question);

const isWithin = (key: string, text: string): boolean => key.split(' ').length >= firstWords && text.includes(key);
