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

it('joins quotation marks that stand a little apart to the word that they open or close, as sure as that word', () => {
  const quoted = [
    word('“', 0, 8),
    { ...word('Cairns', 18, 80), confidence: 0.6 },
    word('”', 90, 98),
    word('on', 120, 140),
  ];
  expect(mendSigns(quoted)[0]).toMatchObject({ text: '“Cairns”', confidence: 0.6, box: [0, 0, 98, 20] });
  expect(textsOf([word('laws', 0, 40), word(':—“', 46, 70), word('No', 78, 100)])).toEqual(['laws:—“No']);
});

it('joins a sign that is drawn into the box of its word', () => {
  expect(textsOf([word('Matlock', 0, 80), word(';', 74, 82)])).toEqual(['Matlock;']);
  expect(textsOf([word('Chair', 60, 100), word(';', 10, 14)])).toEqual(['Chair', ';']);
});

it('takes stars beside a quotation mark for the other half of it, and no other stars', () => {
  expect(textsOf([word('‘*She', 0, 40), word('**Note', 80, 120), word('5*4', 160, 190)])).toEqual([
    '“She',
    '**Note',
    '5*4',
  ]);
});

it('leaves out points that stand alone, and no dash', () => {
  expect(textsOf([word('.', 0, 3), word('page', 40, 80), word('’', 130, 134), word('-', 180, 190)])).toEqual([
    'page',
    '-',
  ]);
});

it('leaves signs that stand alone, on another line, or far away', () => {
  expect(textsOf([word('!', 0, 5)])).toEqual(['!']);
  expect(textsOf([word('end', 0, 40), word('?', 44, 50, 30)])).toEqual(['end', '?']);
  expect(textsOf([word('end', 0, 40), word('?', 90, 96)])).toEqual(['end', '?']);
});
