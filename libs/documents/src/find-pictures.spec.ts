import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { findPictures } from './find-pictures.js';

const text = Array.from(
  { length: 24 },
  (_, at) => `<text x="40" y="${40 + 22 * at}" font-size="16">${'words of a page '.repeat(4)}</text>`,
);
const photo = `<defs><radialGradient id="g"><stop offset="0" stop-color="#333"/><stop offset="1" stop-color="#bbb"/></radialGradient></defs>
  <rect x="150" y="200" width="300" height="200" fill="url(#g)"/>`;

/** Pictures on a page of 600 by 800 pixels, as shares of it. */
async function picturesOf(shapes: string, paper = 'white'): Promise<number[][]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"><rect width="600" height="800" fill="${paper}"/>${shapes}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).flatten().raw().toBuffer({ resolveWithObject: true });
  const raster = { data, width: info.width, height: info.height, channels: info.channels as 3, dpi: null };
  return findPictures(raster, { width: 1, height: 1 }).map(({ box }) => box);
}

describe('findPictures', () => {
  it.each(['white', '#d8d8d0'])('finds a photograph among text on %s paper, where it stands', async (paper) => {
    const [picture, ...others] = await picturesOf(`${text.join('')}${photo}`, paper);
    expect(others).toEqual([]);
    [0.25, 0.25, 0.75, 0.5].forEach((edge, at) => expect(Math.abs((picture?.[at] ?? 9) - edge)).toBeLessThan(0.03));
  });

  it('finds none on a page of text, nor in thick lines and small stains', async () => {
    const lines = '<rect x="40" y="600" width="500" height="6"/><circle cx="500" cy="700" r="8" fill="#888"/>';
    expect(await picturesOf(`${text.join('')}${lines}`)).toEqual([]);
  });

  it('finds none where there is no paper', async () => {
    expect(await picturesOf('<rect x="100" y="100" width="300" height="300" fill="#111"/>', '#222')).toEqual([]);
  });
});
