import type { RawWord } from '@waybill/document-layout';
import { choices } from './choices.js';

/**
 * Words without what is mostly ink and no text: doubtful ones that stand alone. In a line of print, right beside a sure word, a
 * doubtful one is a word that was misread in part, and stays. How sure a word must be that stands alone depends on what it
 * looks like: strokes of drawings are taken for single letters and for letters of odd sizes, hardly for figures.
 */
export function believedWords(words: readonly RawWord[]): RawWord[] {
  const sure = words.filter(({ text, confidence }) => confidence >= choices.sureNeighbour && lengthOf(text) >= 2);
  const usual = medianOf(sure.map(heightOf));
  return words.filter((word) => {
    if (word.text.trim() === '' || isOddlySized(word, usual)) return false;
    if (word.confidence >= leastAlone(word.text)) return true;
    const { least, gap } = lengthOf(word.text) <= shortLength ? choices.beside.short : choices.beside.long;
    return word.confidence >= least && sure.some((other) => standsBeside(word, other, gap));
  });
}

const shortLength = 2;
const lengthOf = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const heightOf = ({ box: [, y0, , y1] }: RawWord): number => y1 - y0;

function leastAlone(text: string): number {
  if (lengthOf(text) > shortLength) return choices.leastConfidence;
  return /\p{N}/u.test(text) && !/\p{L}/u.test(text) ? choices.leastFigureConfidence : choices.leastShortConfidence;
}

/** Much higher or lower than the page's sure words, and not sure itself. */
function isOddlySized(word: RawWord, usual: number): boolean {
  if (usual === 0 || word.confidence >= choices.sureOfSize) return false;
  const share = heightOf(word) / usual;
  return share > choices.highestDoubtful || share < choices.lowestDoubtful;
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}

/** On one line with the other word, and no further from it than so many of that one's heights. */
function standsBeside(word: RawWord, other: RawWord, widest: number): boolean {
  if (word === other) return false;
  const [[x0, y0, x1, y1], [a0, b0, a1, b1]] = [word.box, other.box];
  const shared = Math.min(y1, b1) - Math.max(y0, b0);
  const gap = Math.max(x0, a0) - Math.min(x1, a1);
  return shared >= 0.5 * Math.min(y1 - y0, b1 - b0) && gap <= widest * (b1 - b0);
}
