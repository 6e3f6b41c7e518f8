import { expect, it } from '@jest/globals';
import type { RawWord } from '@waybill/document-layout';
import { mendSigns } from './mend-signs.js';

const word = (text: string, x0: number, x1: number, y0 = 0): RawWord => ({
  text,
  confidence: 0.9,
  box: [x0, y0, x1, y0 + 20],
});
const textsOf = (words: RawWord[]): string[] => mendSigns(words).map(({ text }) => text);

it('takes two single quotation marks side by side for one double one', () => {
  expect(textsOf([word('‘‘Yes,’’', 0, 60), word("she''", 70, 120), word('don’t', 130, 180)])).toEqual([
    '“Yes,”',
    'she”',
    'don’t',
  ]);
});

it('joins a sign that stands a little apart to the word before it, with its box', () => {
  const [joined, ...more] = mendSigns([word('meaning', 0, 80), word(';', 88, 92)]);
  expect(joined).toMatchObject({ text: 'meaning;', box: [0, 0, 92, 20] });
  expect(more).toEqual([]);
});

it('leaves signs that stand alone, on another line, or far away', () => {
  expect(textsOf([word('!', 0, 5)])).toEqual(['!']);
  expect(textsOf([word('end', 0, 40), word('?', 44, 50, 30)])).toEqual(['end', '?']);
  expect(textsOf([word('end', 0, 40), word('?', 90, 96)])).toEqual(['end', '?']);
});
