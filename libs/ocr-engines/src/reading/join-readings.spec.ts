import { describe, expect, it } from '@jest/globals';
import type { RawWord } from '@waybill/document-layout';
import { joinReadings, takeSurer } from './join-readings.js';

const word = (text: string, left: number, confidence: number, width = 40): RawWord => ({
  text,
  box: [left, 0, left + width, 10],
  confidence,
});

describe('joinReadings', () => {
  it('fills gaps with what is sure, and leaves alone what is there', () => {
    const better = [word('Total', 0, 0.5)];
    const other = [word('Tota1', 2, 0.99), word('9.90', 100, 0.9), word('~', 200, 0.2)];
    expect(joinReadings(better, other, 0.6).map(({ text }) => text)).toEqual(['Total', '9.90']);
  });
});

describe('takeSurer', () => {
  it('exchanges a word for a clearly surer one at its place, in the order of the reading', () => {
    const words = [word('Tota1', 0, 0.5), word('9.90', 100, 0.9)];
    const other = [word('9.96', 100, 0.95), word('Total', 2, 0.9)];
    expect(takeSurer(words, other, 0.1).map(({ text }) => text)).toEqual(['Total', '9.90']);
  });

  it('exchanges no word for two, nor two for one', () => {
    const [long, parts] = [word('twowords', 0, 0.3, 80), [word('two', 0, 0.9, 38), word('words', 42, 0.9, 38)]];
    expect(takeSurer([long], parts, 0.1)).toEqual([long]);
    expect(takeSurer(parts, [{ ...long, confidence: 1.5 }], 0.1)).toEqual(parts);
  });
});
