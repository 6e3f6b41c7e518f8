import type { RawWord } from '@waybill/document-layout';
import { choices } from './choices.js';

/**
 * Words without what is mostly ink and no text: doubtful ones that stand alone. In a line of print, right beside a sure word, a
 * doubtful one is a word that was misread in part, and stays.
 */
export function believedWords(words: readonly RawWord[]): RawWord[] {
  const sure = words.filter(({ text, confidence }) => confidence >= choices.sureNeighbour && lengthOf(text) >= 2);
  return words.filter(
    (word) => word.text.trim() !== '' && (isBelieved(word) || sure.some((other) => standsBeside(word, other))),
  );
}

const lengthOf = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

const isBelieved = ({ text, confidence }: RawWord): boolean =>
  confidence >= (lengthOf(text) <= 2 ? choices.leastShortConfidence : choices.leastConfidence);

/** On one line with the other word, and no further from it than that is high. */
function standsBeside(word: RawWord, other: RawWord): boolean {
  if (word === other) return false;
  const [[x0, y0, x1, y1], [a0, b0, a1, b1]] = [word.box, other.box];
  const shared = Math.min(y1, b1) - Math.max(y0, b0);
  const gap = Math.max(x0, a0) - Math.min(x1, a1);
  return shared >= 0.5 * Math.min(y1 - y0, b1 - b0) && gap <= b1 - b0;
}
