import { describe, expect, it } from '@jest/globals';
import type { RawWord } from '@waybill/document-layout';
import type { Mark } from './find-marks.js';
import { unreadStrips } from './unread-strips.js';

/** Letters of 8 by 10 pixels, 2 apart, from a place to the right or upwards. */
const lettersAt = (count: number, x: number, y: number, direction: 'across' | 'up' = 'across'): Mark[] =>
  Array.from({ length: count }, (_, index) =>
    direction === 'across'
      ? { x0: x + 10 * index, y0: y, x1: x + 10 * index + 8, y1: y + 10, pixels: 60 }
      : { x0: x, y0: y - 10 * index - 8, x1: x + 10, y1: y - 10 * index, pixels: 60 },
  );
const wordOver = (box: RawWord['box'], confidence = 0.9): RawWord => ({ text: 'read', box, confidence });

const measures = { letterHeight: 10, sureFrom: 0.6 };

describe('unreadStrips', () => {
  it('joins letters that stand beside one another, and parts lines and far columns', () => {
    const letters = [...lettersAt(6, 20, 20), ...lettersAt(4, 300, 20), ...lettersAt(5, 20, 60)];
    const strips = unreadStrips([], letters, measures);
    expect(strips.map(({ box, letters: count, direction }) => [box, count, direction])).toEqual([
      [[20, 20, 78, 30], 6, 'across'],
      [[20, 60, 68, 70], 5, 'across'],
      [[300, 20, 338, 30], 4, 'across'],
    ]);
  });

  it('leaves out what a sure word covers, and not what an unsure one does', () => {
    const letters = [...lettersAt(6, 20, 20), ...lettersAt(5, 20, 60)];
    const words = [wordOver([18, 18, 80, 32]), wordOver([18, 58, 70, 72], 0.4)];
    expect(unreadStrips(words, letters, measures).map(({ box }) => box)).toEqual([[20, 60, 68, 70]]);
  });

  it('sees a line that runs up the page, also where a part of it was read as something', () => {
    const letters = lettersAt(8, 10, 200, 'up');
    const [strip, ...others] = unreadStrips([wordOver([8, 180, 22, 202])], letters, measures);
    expect(strip).toEqual({ box: [10, 122, 20, 200], letters: 8, direction: 'up' });
    expect(others).toEqual([]);
  });

  it('takes neither bars nor dust for letters', () => {
    const bar: Mark = { x0: 0, y0: 0, x1: 200, y1: 40, pixels: 8_000 };
    const dust: Mark = { x0: 50, y0: 80, x1: 53, y1: 83, pixels: 9 };
    expect(unreadStrips([], [bar, dust], measures)).toEqual([]);
  });
});
