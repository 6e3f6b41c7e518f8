import { describe, expect, it } from '@jest/globals';
import { decodeBytes } from '../testing/decode-bytes.js';
import { drawBmp, type BmpDrawing } from '@waybill/samples';

const [black, white] = [[0, 0, 0] as const, [255, 255, 255] as const];
const twoColours = [black, white];

/** Two columns and two rows: black and white above, white and white below. */
const drawings: Readonly<Record<string, BmpDrawing>> = {
  '1 bit': { width: 2, height: 2, bitsPerPixel: 1, palette: twoColours, pixels: [0xc0, 0, 0, 0, 0x40, 0, 0, 0] },
  '4 bits': { width: 2, height: 2, bitsPerPixel: 4, palette: twoColours, pixels: [0x11, 0, 0, 0, 0x01, 0, 0, 0] },
  '8 bits': { width: 2, height: 2, bitsPerPixel: 8, palette: twoColours, pixels: [1, 1, 0, 0, 0, 1, 0, 0] },
  '8 bits from the top': {
    width: 2,
    height: -2,
    bitsPerPixel: 8,
    palette: twoColours,
    pixels: [0, 1, 0, 0, 1, 1, 0, 0],
  },
  '16 bits': { width: 2, height: 2, bitsPerPixel: 16, pixels: [0xff, 0x7f, 0xff, 0x7f, 0, 0, 0xff, 0x7f] },
  '16 bits with masks': {
    ...{ width: 2, height: 2, bitsPerPixel: 16, compression: 3, masks: [0xf800, 0x07e0, 0x001f] },
    pixels: [0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff],
  },
  '24 bits': {
    ...{ width: 2, height: 2, bitsPerPixel: 24 },
    pixels: [255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0],
  },
  '32 bits without alpha': {
    ...{ width: 2, height: 2, bitsPerPixel: 32 },
    pixels: [255, 255, 255, 0, 255, 255, 255, 0, 0, 0, 0, 0, 255, 255, 255, 0],
  },
  'runs of 8 bits': {
    ...{ width: 2, height: 2, bitsPerPixel: 8, compression: 1, palette: twoColours },
    pixels: [2, 1, 0, 0, 1, 0, 1, 1, 0, 1],
  },
  'runs of 4 bits': {
    ...{ width: 2, height: 2, bitsPerPixel: 4, compression: 2, palette: twoColours },
    pixels: [2, 0x11, 0, 0, 2, 0x01, 0, 1],
  },
  'pixels as they are among runs': {
    ...{ width: 3, height: 1, bitsPerPixel: 8, compression: 1, palette: twoColours },
    pixels: [0, 3, 0, 1, 1, 0, 0, 1],
  },
};

describe('BMP', () => {
  it.each(Object.entries(drawings))('is read with %s', async (_what, drawing) => {
    const { raster, width, height } = await decodeBytes(drawBmp(drawing));
    expect([width, height]).toEqual([drawing.width, Math.abs(drawing.height)]);
    const rows = Array.from({ length: height }, (_, row) => [
      ...(raster?.data.subarray(row * width, (row + 1) * width) ?? []),
    ]);
    expect(rows).toEqual(
      height === 1
        ? [[0, 255, 255]]
        : [
            [0, 255],
            [255, 255],
          ],
    );
  });

  it('keeps its colours', async () => {
    const red = { width: 1, height: 1, bitsPerPixel: 24, pixels: [0, 0, 255, 0] };
    const { raster } = await decodeBytes(drawBmp(red));
    // The share of red in the lightness of sRGB.
    expect(raster?.data[0]).toBeGreaterThan(40);
    expect(raster?.data[0]).toBeLessThan(140);
  });

  const good = drawings['8 bits'] as BmpDrawing;
  it.each([
    ['a depth that there is not', { ...good, bitsPerPixel: 30_000 }, 'states 30000 bits a pixel'],
    ['no width', { ...good, width: 0 }, 'states 0 x 2 pixels'],
    ['a negative width', { ...good, width: -2 }, 'states -2 x 2 pixels'],
    ['runs that do not fit its depth', { ...good, compression: 2 }, 'packing 2 with 8 bits'],
    ['pixels cut short', { ...good, pixels: [1, 1, 0, 0] }, 'it is cut short'],
    ['a colour that there is not', { ...good, pixels: [9, 1, 0, 0, 0, 1, 0, 0] }, 'colour 9 of 2'],
    ['runs out of the picture', { ...good, compression: 1, pixels: [200, 1, 0, 1] }, 'leave the picture'],
    ['runs without an end', { ...good, compression: 1, pixels: [2, 1] }, 'cut short'],
  ])('is refused with %s', async (_what, drawing, finding) => {
    await expect(decodeBytes(drawBmp(drawing))).rejects.toMatchObject({
      failure: { code: 'unreadable-document', message: expect.stringContaining(finding) },
    });
  });

  it('is refused by the size that its header states', async () => {
    await expect(decodeBytes(drawBmp({ ...good, width: 60_000, height: 60_000 }))).rejects.toMatchObject({
      failure: { code: 'too-large', message: expect.stringContaining('WAYBILL_MAX_PIXELS') },
    });
  });
});
