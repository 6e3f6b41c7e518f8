import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { findSquares } from './find-squares.js';

/** Draws SVG shapes on a white page of 600 by 400 pixels at 150 dots per inch, and reads it in points. */
async function squaresOf(shapes: string): Promise<string[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="white"/>${shapes}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten()
    .grayscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raster = { data, width: info.width, height: info.height, channels: 1 as const, dpi: 150 };
  const found = findSquares(raster, { width: 288, height: 192 });
  return found.map(({ box, ink }) => `${ink} ${box.map((edge) => Math.round(edge)).join(' ')}`);
}
const square = (x: number, y: number, side = 24): string =>
  `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="none" stroke="black" stroke-width="2"/>`;
const cross = (x: number, y: number): string =>
  `<path d="M${x + 5} ${y + 5} l14 14 M${x + 19} ${y + 5} l-14 14" stroke="black" stroke-width="2"/>`;

describe('findSquares', () => {
  it('finds small squares, and sees which of them are crossed', async () => {
    expect(await squaresOf(square(50, 50) + square(50, 100) + cross(50, 100))).toEqual([
      'empty 24 24 36 36',
      'marked 24 48 36 60',
    ]);
  });

  it.each([
    ['a table', [0, 1, 2, 3].map((at) => square(100 + 24 * at, 100)).join('')],
    ['a large frame', square(50, 50, 200)],
    ['a filled square', '<rect x="50" y="50" width="24" height="24"/>'],
    ['a ring', '<circle cx="100" cy="100" r="12" fill="none" stroke="black" stroke-width="2"/>'],
    ['letters', '<text x="50" y="100" font-size="40">DOHB08 EFMN</text>'],
    ['a corner', '<path d="M50 50 h24 v24" fill="none" stroke="black" stroke-width="2"/>'],
  ])('takes %s for none', async (_what, shapes) => {
    expect(await squaresOf(shapes)).toEqual([]);
  });
});
