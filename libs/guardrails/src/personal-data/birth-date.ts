import { wordPattern } from '../text/context-before.js';
import { birthWords, monthWords } from './data/birth-words.js';
import { spanOf, type Recogniser } from './recogniser.js';

const date = String.raw`(?:\d{1,2} ?[./\- ] ?\d{1,2} ?[./\- ] ?(?:\d{4}|\d{2})|\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}|\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일]|\d{1,2}(?:st|nd|rd|th|\.|er)? ?(?:de )?(?:${monthWords.join('|')})\p{L}*\.?,? ?(?:de )?\d{2,4}|(?:${monthWords.join('|')})\p{L}*\.? \d{1,2}(?:st|nd|rd|th)?,? ?\d{4})`;
const labelled = new RegExp(
  String.raw`${wordPattern(birthWords).source}[^\d\n]{0,25}\n?[^\d\n]{0,12}?(${date})(?![\d])`,
  'dgiu',
);

/** Dates beside a word that says that somebody was born then. Any other date is only a date. */
export const birthDate: Recogniser = {
  kind: 'birth-date',
  find: ({ digits }) => [...digits.matchAll(labelled)].map((match) => ({ ...spanOf(match, 1), score: 0.95 })),
};
