import { describe, expect, it } from '@jest/globals';
import { cutOut } from './cut-out.js';

const page = (width: number, height: number) => ({ data: new Uint8Array(width * height), width, height });
const letter = (x0: number, y0: number) => ({ x0, y0, x1: x0 + 5, y1: y0 + 5, pixels: 20 });

describe('cutOut', () => {
  it('takes a quarter of a large page, where its letters are', () => {
    const large = page(1_000, 800);
    large.data[600 * 1_000 + 760] = 7;
    const part = cutOut(large, [letter(760, 600), letter(800, 620), letter(10, 10)]);
    expect([part.width, part.height]).toEqual([500, 400]);
    expect(part.data).toContain(7);
  });

  it('takes a small page whole, and something of a page without letters', () => {
    expect(cutOut(page(400, 300), [letter(1, 1)])).toMatchObject({ width: 400, height: 300 });
    expect(cutOut(page(1_001, 803), [])).toMatchObject({ width: 502, height: 402 });
  });
});
