import { describe, expect, it } from '@jest/globals';
import type { PageRaster } from '@waybill/document-layout';
import sharp from 'sharp';
import { drawPicture } from './draw-picture.js';

const limits = { bytes: 1_000_000, side: 2_000, leastSide: 50, pixels: 4_000_000 };

/** A page of noise, which no encoding makes small, or of white. */
function rasterOf(width: number, height: number, ink: 'noise' | 'white' = 'white'): PageRaster {
  const data = new Uint8Array(width * height).fill(255);
  if (ink === 'noise') for (let at = 0; at < data.length; at += 1) data[at] = (at * 2_654_435_761) >>> 24;
  return { data, width, height, channels: 1, dpi: null };
}

describe('drawPicture', () => {
  it('sends a page that fits as it is, without losses', async () => {
    const raster = rasterOf(300, 400, 'noise');
    const picture = await drawPicture(raster, limits);
    expect(picture).toMatchObject({ mediaType: 'image/png', width: 300, height: 400 });
    expect(Uint8Array.from(await sharp(picture.bytes).toColourspace('b-w').raw().toBuffer())).toEqual(raster.data);
  });

  it.each([
    ['a side', rasterOf(4_000, 1_000), { width: 2_000, height: 500 }],
    ['the area', rasterOf(1_900, 1_900), { width: 1_414, height: 1_414 }],
    ['the shortest side', rasterOf(20, 40), { width: 50, height: 100 }],
  ])('keeps within %s, in the shape of the page', async (_what, raster, size) => {
    expect(await drawPicture(raster, { ...limits, pixels: 2_000_000 })).toMatchObject(size);
  });

  it('makes a page smaller until its bytes fit', async () => {
    const { bytes, mediaType, width, height } = await drawPicture(rasterOf(1_000, 1_200, 'noise'), {
      ...limits,
      bytes: 100_000,
    });
    expect(bytes.length).toBeLessThanOrEqual(100_000);
    expect(mediaType).toBe('image/jpeg');
    expect(width / height).toBeCloseTo(1_000 / 1_200, 2);
  });

  it('says so when no picture fits', async () => {
    const shape = drawPicture(rasterOf(10_000, 60), limits);
    await expect(shape).rejects.toMatchObject({ failure: { code: 'too-large' }, retryable: false });
    const bytes = drawPicture(rasterOf(500, 500, 'noise'), { ...limits, bytes: 300 });
    await expect(bytes).rejects.toMatchObject({ failure: { code: 'too-large' } });
  });
});
