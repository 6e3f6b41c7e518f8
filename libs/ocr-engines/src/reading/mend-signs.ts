import type { RawWord } from '@waybill/document-layout';

/** A sign that old print sets apart from the word before it. */
const trailing = /^[;!?]$/;
/** Shares of its height that it stands apart, at most. */
const widestGap = 0.8;

/**
 * Signs as they are meant: two single quotation marks side by side are one double one, and a semicolon, exclamation or question mark that
 * stands a little apart belongs to the word before it. Words in the order of the engine.
 */
export function mendSigns(words: readonly RawWord[]): RawWord[] {
  const mended: RawWord[] = [];
  for (const word of words.map(withQuotes)) {
    const last = mended.at(-1);
    if (last && trailing.test(word.text) && follows(last, word)) mended[mended.length - 1] = joined(last, word);
    else mended.push(word);
  }
  return mended;
}

const withQuotes = (word: RawWord): RawWord => {
  const text = word.text.replace(/‘‘|,,(?=\p{L})/gu, '“').replace(/’’|''|’'|'’/g, '”');
  return text === word.text ? word : { ...word, text };
};

/** On the same line, to its right, and no further away than a narrow space. */
function follows({ box: [, y0, x1, y1] }: RawWord, { box: [a0, b0, , b1] }: RawWord): boolean {
  const height = y1 - y0;
  const shared = Math.min(y1, b1) - Math.max(y0, b0);
  return shared > 0 && a0 >= x1 - 1 && a0 - x1 <= widestGap * height;
}

const joined = (word: RawWord, sign: RawWord): RawWord => ({
  text: `${word.text}${sign.text}`,
  confidence: word.confidence,
  box: [
    Math.min(word.box[0], sign.box[0]),
    Math.min(word.box[1], sign.box[1]),
    Math.max(word.box[2], sign.box[2]),
    Math.max(word.box[3], sign.box[3]),
  ],
});
