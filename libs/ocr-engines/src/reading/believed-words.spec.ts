import { expect, it } from '@jest/globals';
import type { RawWord } from '@waybill/document-layout';
import { believedWords } from './believed-words.js';

const word = (text: string, confidence: number, x: number, y = 0): RawWord => ({
  text,
  confidence,
  box: [x, y, x + 40, y + 20],
});
const textsOf = (words: RawWord[]): string[] => believedWords(words).map(({ text }) => text);

it('leaves out doubtful words that stand alone, short ones sooner', () => {
  expect(textsOf([word('smudge', 0.2, 0), word('word', 0.4, 200), word('e', 0.5, 400), word('7', 0.7, 600)])).toEqual([
    'word',
    '7',
  ]);
});

it('keeps a doubtful word right beside a sure one, and only there', () => {
  const sure = word('printed', 0.95, 100);
  expect(textsOf([sure, word('tne', 0.1, 150)])).toEqual(['printed', 'tne']);
  expect(textsOf([sure, word('far', 0.1, 180)])).toEqual(['printed']);
  expect(textsOf([sure, word('below', 0.1, 150, 16)])).toEqual(['printed']);
  expect(textsOf([word('fair', 0.6, 100), word('tne', 0.1, 150)])).toEqual(['fair']);
});

it('leaves out what is no text at all', () => {
  expect(textsOf([word('sure', 0.95, 0), word(' ', 0.95, 50)])).toEqual(['sure']);
});
