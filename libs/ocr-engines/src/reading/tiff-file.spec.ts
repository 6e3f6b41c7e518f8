import { expect, it } from '@jest/globals';
import sharp from 'sharp';
import { tiffFile, tiffOf } from './tiff-file.js';

const image = { data: Uint8Array.from({ length: 35 }, (_, at) => 7 * at), width: 7, height: 5 };

it('makes a file that opens as the picture it was', async () => {
  const { data, info } = await sharp(tiffOf(image)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 7, height: 5, channels: 1 });
  expect([...data]).toEqual([...image.data]);
});

it('copies no pixels', () => {
  expect(tiffFile(image)[1]).toBe(image.data);
});
