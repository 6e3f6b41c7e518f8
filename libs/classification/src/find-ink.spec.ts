import { describe, expect, it } from '@jest/globals';
import { findInk } from './find-ink.js';
import { findMarks } from './find-marks.js';
import { measureRules } from './measure-rules.js';
import type { GrayLook } from './measure-tones.js';

const white = 250;
const black = 20;

/** A white page of 200 by 120 pixels on which boxes `[x0, y0, x1, y1]` are black. */
function pageWith(...boxes: readonly (readonly [number, number, number, number])[]): GrayLook {
  const [width, height] = [200, 120];
  const data = new Uint8Array(width * height).fill(white);
  for (const [x0, y0, x1, y1] of boxes) {
    for (let y = y0; y < y1; y += 1) data.fill(black, y * width + x0, y * width + x1);
  }
  return { data, width, height };
}

function transposed({ data, width, height }: GrayLook): GrayLook {
  const turned = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1) {
    turned[(at % width) * height + Math.floor(at / width)] = data[at] as number;
  }
  return { data: turned, width: height, height: width };
}

const drawn = pageWith([10, 20, 190, 21], [40, 30, 41, 110], [100, 60, 104, 66], [199, 0, 200, 3]);

describe('findInk', () => {
  it('gives runs that say the same as its pixels', () => {
    const { pixels, inked, starts, ends, firstOfRow, width, height } = findInk(drawn, white);
    const painted = new Uint8Array(pixels.length);
    for (let y = 0; y < height; y += 1) {
      for (let run = firstOfRow[y] ?? 0; run < (firstOfRow[y + 1] ?? 0); run += 1) {
        painted.fill(1, y * width + (starts[run] ?? 0), y * width + (ends[run] ?? 0));
      }
    }
    expect(painted).toEqual(pixels);
    expect(inked).toBeCloseTo((180 + 80 + 24 + 3) / (200 * 120), 9);
  });

  it('finds the same ink on the negative of a page', () => {
    const negative = { ...drawn, data: drawn.data.map((value) => 255 - value) };
    expect(findInk(negative, 255 - white).pixels).toEqual(findInk(drawn, white).pixels);
  });

  it('has room for a page that is nothing but dots', () => {
    const data = new Uint8Array(400 * 300).map((_, at) => ((at + Math.floor(at / 400)) % 2 === 0 ? black : white));
    const { firstOfRow, inked } = findInk({ data, width: 400, height: 300 }, white);
    expect(firstOfRow[300]).toBe((400 * 300) / 2);
    expect(inked).toBe(0.5);
  });
});

describe('measureRules', () => {
  it('tells lying rules from standing ones, whichever way the page is turned', () => {
    const [rules, turned] = [drawn, transposed(drawn)].map((look) => measureRules(findInk(look, white)));
    expect(rules).toMatchObject({ lyingCount: 1, standingCount: 1, lying: 180 / 200, standing: 80 / 120 });
    expect(turned).toMatchObject({ lyingCount: 1, standingCount: 1, lying: 80 / 120, standing: 180 / 200 });
  });
});

describe('findMarks', () => {
  it('gathers what touches, also at corners, with its box and its ink', () => {
    const look = pageWith([10, 10, 12, 14], [12, 14, 15, 16], [30, 10, 33, 12]);
    expect(findMarks(findInk(look, white))).toEqual([
      { x0: 10, y0: 10, x1: 15, y1: 16, pixels: 14 },
      { x0: 30, y0: 10, x1: 33, y1: 12, pixels: 6 },
    ]);
  });
});
