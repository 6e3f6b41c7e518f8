import { describe, expect, it } from '@jest/globals';
import type { Mark } from './find-marks.js';
import { flatness, linesLieFlat } from './lines-lie-flat.js';

/** Six lines of letters of other widths, one in five of which hangs below its line. */
const letters: readonly Mark[] = Array.from({ length: 6 }, (_, row) => {
  let x0 = 10 + 7 * row;
  return Array.from({ length: 20 }, (_letter, place) => {
    const x1 = x0 + 6 + ((5 * place + 3 * row) % 7);
    const y0 = 20 + 60 * row;
    const mark = { x0, y0, x1, y1: y0 + (place % 5 === row % 5 ? 18 : 14), pixels: 60 };
    x0 = x1 + 2 + ((place + row) % 3);
    return mark;
  });
}).flat();

const onItsSide = letters.map(({ x0, y0, x1, y1, ...mark }) => ({ ...mark, x0: y0, y0: x0, x1: y1, y1: x1 }));

describe('linesLieFlat', () => {
  it('tells lines across a page from lines that run down it', () => {
    expect(linesLieFlat({ letters, letterHeight: 14 })).toBe(true);
    expect(linesLieFlat({ letters: onItsSide, letterHeight: 9 })).toBe(false);
    expect(flatness({ letters, letterHeight: 14 })).toBeGreaterThan(2);
    expect(flatness({ letters: onItsSide, letterHeight: 9 })).toBeLessThan(0.5);
  });

  it('does not guess from a few letters', () => {
    expect(linesLieFlat({ letters: letters.slice(0, 8), letterHeight: 14 })).toBe(false);
    expect(linesLieFlat({ letters: [], letterHeight: 0 })).toBe(false);
    expect(flatness({ letters: [], letterHeight: 0 })).toBe(1);
  });
});
