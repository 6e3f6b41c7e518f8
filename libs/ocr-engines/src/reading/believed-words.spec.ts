import { expect, it } from '@jest/globals';
import type { RawWord } from '@waybill/document-layout';
import { believedWords } from './believed-words.js';

const word = (text: string, confidence: number, x: number, y = 0): RawWord => ({
  text,
  confidence,
  box: [x, y, x + 40, y + 20],
});
const textsOf = (words: RawWord[]): string[] => believedWords(words).map(({ text }) => text);

it('leaves out doubtful words that stand alone: single letters soonest, figures last', () => {
  const unsure = [
    word('smudge', 0.3, 0),
    word('word', 0.45, 200),
    word('e', 0.65, 400),
    word('7', 0.4, 600),
    word('a7', 0.6, 800),
  ];
  expect(textsOf(unsure)).toEqual(['word', '7']);
});

it('leaves out doubtful words of another size than the sure ones', () => {
  const high: RawWord = { text: 'drawing', confidence: 0.5, box: [300, 0, 500, 60] };
  expect(textsOf([word('printed', 0.95, 0), high])).toEqual(['printed']);
  expect(textsOf([word('printed', 0.95, 0), { ...high, confidence: 0.7 }])).toEqual(['printed', 'drawing']);
});

it('keeps a doubtful word right beside a sure one, and only there', () => {
  const sure = word('printed', 0.95, 100);
  expect(textsOf([sure, word('tne', 0.1, 150)])).toEqual(['printed', 'tne']);
  expect(textsOf([sure, word('spaced', 0.1, 168)])).toEqual(['printed', 'spaced']);
  expect(textsOf([sure, word('it', 0.5, 168)])).toEqual(['printed']);
  expect(textsOf([sure, word('far', 0.1, 180)])).toEqual(['printed']);
  expect(textsOf([sure, word('below', 0.1, 150, 16)])).toEqual(['printed']);
  expect(textsOf([sure, word('i', 0.1, 150)])).toEqual(['printed']);
  expect(textsOf([word('fair', 0.6, 100), word('tne', 0.1, 150)])).toEqual(['fair']);
});

it('leaves out what is no text at all', () => {
  expect(textsOf([word('sure', 0.95, 0), word(' ', 0.95, 50)])).toEqual(['sure']);
});
