import type { RawWord } from '@waybill/document-layout';

/** Signs that old print sets apart from the word before them: a colon only with its dash, because forms set colons where they like. */
const trailing = /^(?:[.,;!?”’]|:[-–—]+[“‘]?)$/u;
/** Signs that it sets apart from the word after them. */
const opening = /(?:^|:[-–—]+)[“‘]+$/u;
/** Dust at the edge of a page is read as these. */
const dust = /^[.,·'‘’`]$/u;
/** Shares of its height that a sign stands apart, at most; or reaches into the box of its neighbour, which is drawn too wide. */
const widestGap = 0.8;

/**
 * Signs as they are meant: two single quotation marks side by side are one double one, a sign that stands a little apart belongs to the
 * word beside it, and a point that stands alone is dust. Words in the order of the engine.
 */
export function mendSigns(words: readonly RawWord[]): RawWord[] {
  const mended: RawWord[] = [];
  for (const word of words.map(withQuotes)) {
    const last = mended.at(-1);
    if (last && (trailing.test(word.text) || opening.test(last.text)) && follows(last, word)) {
      mended[mended.length - 1] = joined(last, word);
    } else mended.push(word);
  }
  return mended.filter(({ text }) => !dust.test(text));
}

const withQuotes = (word: RawWord): RawWord => {
  const text = word.text
    .replace(/‘‘|,,(?=\p{L})/gu, '“')
    .replace(/’’|''|’'|'’/g, '”')
    .replace(/^(?:[‘']\*+|\*+[‘'“]|“\*+)(?=\p{L})/u, '“');
  return text === word.text ? word : { ...word, text };
};

/** On the same line, to its right, and no further away than a narrow space. */
function follows({ box: [x0, y0, x1, y1] }: RawWord, { box: [a0, b0, a1, b1] }: RawWord): boolean {
  const widest = widestGap * (y1 - y0);
  const shared = Math.min(y1, b1) - Math.max(y0, b0);
  return shared > 0 && a0 > x0 && a1 > x1 - widest && Math.abs(a0 - x1) <= widest;
}

/** A sign says nothing about how sure the word beside it is. */
const joined = (one: RawWord, other: RawWord): RawWord => ({
  text: `${one.text}${other.text}`,
  confidence: letters.test(one.text) || !letters.test(other.text) ? one.confidence : other.confidence,
  box: [
    Math.min(one.box[0], other.box[0]),
    Math.min(one.box[1], other.box[1]),
    Math.max(one.box[2], other.box[2]),
    Math.max(one.box[3], other.box[3]),
  ],
});

const letters = /[\p{L}\p{N}]/u;
