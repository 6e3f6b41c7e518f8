import { wordPattern } from '../text/context-before.js';
import { bankWords, healthWords } from './data/telling-words.js';
import type { Recogniser } from './recogniser.js';

const recogniserOf = (kind: string, words: readonly string[]): Recogniser => {
  const pattern = wordPattern(words, 'giu');
  return {
    kind,
    find: ({ text }) =>
      [...text.matchAll(pattern)].map(({ index, 0: said }) => ({ start: index, end: index + said.length, score: 0.6 })),
  };
};

/** Words of health: they say what a document is about, and are no values by themselves. */
export const health = recogniserOf('health', healthWords);
/** Words of banking. */
export const bank = recogniserOf('bank', bankWords);
