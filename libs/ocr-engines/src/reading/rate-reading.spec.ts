import { describe, expect, it } from '@jest/globals';
import type { RawWord } from '@waybill/document-layout';
import { joinReadings } from './join-readings.js';
import { rateReading } from './rate-reading.js';

const word = (text: string, confidence: number, box: RawWord['box'] = [0, 0, 10, 10]): RawWord => ({
  text,
  confidence,
  box,
});
const letter = (x: number, y: number) => ({ x0: x, y0: y, x1: x + 2, y1: y + 2, pixels: 4 });

describe('rateReading', () => {
  it('weighs confidence by letters, so that a speck of punctuation counts for nothing', () => {
    const rating = rateReading([word('certain', 0.9), word('no', 0.3), word('-', 1)], []);
    expect(rating.confidence).toBeCloseTo((0.9 * 7 + 0.3 * 2) / 9);
    expect(rating.worth).toBeCloseTo(0.4 * 7 - 0.2 * 2);
  });

  it('counts the letters that stand inside believable words', () => {
    const letters = [letter(1, 1), letter(5, 5), letter(50, 1), letter(1, 90)];
    const words = [word('in', 0.9), word('doubtful', 0.1, [45, 0, 60, 10])];
    expect(rateReading(words, letters).coverage).toBe(0.5);
    expect(rateReading([], []).coverage).toBe(1);
    expect(rateReading([], letters)).toEqual({ confidence: 0, coverage: 0, worth: 0 });
  });
});

describe('joinReadings', () => {
  it('adds sure words where the better reading has none', () => {
    const better = [word('Total', 0.9)];
    const other = [
      word('Tota1', 0.9, [1, 1, 11, 11]),
      word('12.50', 0.8, [30, 0, 50, 10]),
      word('#', 0.4, [60, 0, 70, 10]),
    ];
    expect(joinReadings(better, other, 0.6).map(({ text }) => text)).toEqual(['Total', '12.50']);
  });
});
