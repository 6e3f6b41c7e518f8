import { readSchemaNode } from '@waybill/extraction';
import { findValue, squashed, type NumberedWord } from '@waybill/llm-routing';

/** Words that were read less surely say little about what is printed. */
const sureWord = 0.6;
const fewWords = 3;
/** Of a quote's words, those that must stand in one place: reading errs in a letter here and there. */
const quoteShare = 0.8;

const textNode = readSchemaNode({ type: 'string' }, {});
const numberNode = readSchemaNode({ type: 'number' }, {});

/** Whether the words can speak against somebody who says what is printed. */
export const canContradict = (words: readonly NumberedWord[]): boolean =>
  words.filter(({ confidence }) => confidence >= sureWord).length > fewWords;

/** Where a text or a number is printed, nearest to the words that were cited for it; empty when nowhere. */
export function findPrinted(
  value: string | number,
  cited: readonly number[],
  words: readonly NumberedWord[],
): readonly NumberedWord[] {
  return findValue(value, cited, typeof value === 'number' ? numberNode : textNode, words).words;
}

/** Where a quote stands; one that was read a little differently, too. Empty when nowhere. */
export function findQuote(
  quote: string,
  cited: readonly number[],
  words: readonly NumberedWord[],
): readonly NumberedWord[] {
  const exact = findPrinted(quote, cited, words);
  if (exact.length > 0) return exact;
  const wanted = quote.split(/\s+/).map(squashed).filter(Boolean);
  return wanted.length < 3
    ? []
    : nearest(
        wanted,
        words.map(({ text }) => squashed(text)),
        words,
      );
}

/** The stretch of as many words that has the most of them in common. */
function nearest(
  wanted: readonly string[],
  read: readonly string[],
  words: readonly NumberedWord[],
): readonly NumberedWord[] {
  const { length } = wanted;
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let [same, best, bestAt] = [0, 0, -1];
  const move = (word: string | undefined, by: 1 | -1): void => {
    if (word === undefined || !left.has(word)) return;
    const before = left.get(word) ?? 0;
    // A word counts as long as the quote has as many of it.
    if (by === 1 ? before > 0 : before >= 0) same += by;
    left.set(word, before - by);
  };
  for (let end = 0; end < read.length; end += 1) {
    move(read[end], 1);
    if (end >= length) move(read[end - length], -1);
    if (same > best) [best, bestAt] = [same, Math.max(0, end - length + 1)];
  }
  return best >= quoteShare * length ? words.slice(bestAt, bestAt + length) : [];
}
