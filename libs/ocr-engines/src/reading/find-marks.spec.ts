import { describe, expect, it } from '@jest/globals';
import { findMarks } from './find-marks.js';
import type { GrayImage } from './gray-image.js';

/** A drawing in characters, enlarged by nothing: `#` is ink, anything else paper of the given shade. */
function drawing(rows: readonly string[], paper = (_x: number) => 255): GrayImage {
  const width = 60;
  const height = 40;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = rows[y]?.[x] === '#' ? paper(x) * 0.2 : paper(x);
    }
  }
  return { data, width, height };
}

describe('findMarks', () => {
  it('joins ink that touches, also at corners and from two sides, into one mark', () => {
    const marks = findMarks(drawing(['', '  #   #', '  #   #', '  #####', '       ##']));
    expect(marks).toContainEqual({ x0: 2, y0: 1, x1: 9, y1: 5, pixels: 11 });
    expect(marks).toHaveLength(1);
  });

  it('keeps apart what does not touch', () => {
    expect(findMarks(drawing(['', ' ##  ##', ' ##  ##', '', ' #######']))).toHaveLength(3);
  });

  it('sees no ink in a shadow, and ink inside one', () => {
    const shadow = (x: number): number => 250 - x;
    expect(findMarks(drawing([], shadow))).toEqual([]);
    const marks = findMarks(drawing(['', '', `${' '.repeat(50)}###`, `${' '.repeat(50)}###`], shadow));
    expect(marks).toEqual([{ x0: 50, y0: 2, x1: 53, y1: 4, pixels: 6 }]);
  });
});
