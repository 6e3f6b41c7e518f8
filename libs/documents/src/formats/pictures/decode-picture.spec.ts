import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { decodeBytes } from '../../testing/decode-bytes.js';

type Shade = { r: number; g: number; b: number; alpha?: number };

/** 8 x 4 pixels, the left half of one colour, the right half of the other. */
function halves(left: Shade, right: Shade): Sharp {
  const pixels = Array.from({ length: 32 }, (_, index) => (index % 8 < 4 ? left : right));
  const data = Buffer.from(pixels.flatMap(({ r, g, b, alpha = 255 }) => [r, g, b, alpha]));
  return sharp(data, { raw: { width: 8, height: 4, channels: 4 } });
}
const black = { r: 0, g: 0, b: 0 };
const white = { r: 255, g: 255, b: 255 };
const at = (raster: { data: Uint8Array; width: number } | undefined, x: number, y: number): number =>
  raster?.data[y * raster.width + x] ?? -1;

describe('decodePicture', () => {
  it('applies the EXIF orientation', async () => {
    // Orientation 6: the camera lay on its side; shown, the picture is turned clockwise.
    const bytes = await halves(black, white).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    const page = await decodeBytes(bytes);
    expect([page.width, page.height, page.unit]).toEqual([4, 8, 'px']);
    expect(at(page.raster, 1, 1)).toBeLessThan(40);
    expect(at(page.raster, 1, 6)).toBeGreaterThan(215);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('shows EXIF orientation %i upright', async (orientation) => {
    // Black is above left on the picture as stored; where each orientation shows that corner (TIFF 6.0, tag 274).
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    const pixels = Buffer.alloc(24 * 12 * 3, 255);
    for (let row = 0; row < 6; row += 1) pixels.fill(0, row * 72, row * 72 + 36);
    const stored = sharp(pixels, { raw: { width: 24, height: 12, channels: 3 } });
    const { raster } = await decodeBytes(await stored.jpeg({ quality: 100 }).withMetadata({ orientation }).toBuffer());
    const [width, height] = orientation < 5 ? [24, 12] : [12, 24];
    expect([raster?.width, raster?.height]).toEqual([width, height]);
    const dark = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].filter(([x = 0, y = 0]) => at(raster, x === 0 ? 2 : width - 3, y === 0 ? 2 : height - 3) < 60);
    expect(dark).toEqual([corners[orientation - 1]]);
  });

  it('keeps a very tall receipt readable, also in the picture for people', async () => {
    const tall = sharp({ create: { width: 600, height: 30_000, channels: 3, background: '#ffffff' } });
    const { raster, width, height, display } = await decodeBytes(
      await tall
        .webp()
        .toBuffer()
        .catch(() => tall.png().toBuffer()),
    );
    expect([width, height, raster?.width, raster?.height]).toEqual([600, 30_000, 600, 30_000]);
    if (display !== 'source') expect((await sharp(display.bytes).metadata()).width).toBeGreaterThan(250);
  });

  it('says so when it takes the first of several pictures', async () => {
    const frames = [await halves(black, white).png().toBuffer(), await halves(white, black).png().toBuffer()];
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const { remarks, raster } = await decodeBytes(bytes);
    expect(remarks).toEqual(['The GIF holds 2 pictures; the first one was read.']);
    expect(at(raster, 1, 1)).toBeLessThan(60);
  });

  it('puts transparency on white', async () => {
    const bytes = await halves(black, { ...black, alpha: 0 })
      .png()
      .toBuffer();
    const { raster } = await decodeBytes(bytes);
    expect([at(raster, 1, 1), at(raster, 6, 1)]).toEqual([0, 255]);
  });

  it.each([
    ['16 bits a channel', () => halves(black, white).removeAlpha().toColourspace('rgb16').png()],
    ['CMYK', () => halves(black, white).removeAlpha().toColourspace('cmyk').jpeg({ quality: 100 })],
    ['gray', () => halves(black, white).removeAlpha().grayscale().png()],
    ['one bit', () => halves(black, white).removeAlpha().grayscale().tiff({ bitdepth: 1 })],
  ])('brings %s to 8-bit gray', async (_what, draw) => {
    const { raster } = await decodeBytes(await draw().toBuffer());
    expect(raster).toMatchObject({ width: 8, height: 4, channels: 1 });
    expect(raster?.data).toHaveLength(32);
    expect(at(raster, 1, 1)).toBeLessThan(60);
    expect(at(raster, 6, 1)).toBeGreaterThan(215);
  });

  it('keeps a small copy in colour, and a large page’s below 400,000 pixels', async () => {
    const red = { r: 200, g: 10, b: 20 };
    const png = await halves(red, white).removeAlpha().png().toBuffer();
    const { look } = await decodeBytes(png);
    expect(look).toMatchObject({ width: 8, height: 4, channels: 3 });
    expect([...look.data.slice(0, 3)]).toEqual([200, 10, 20]);
    const large = await halves(red, white).resize(1_000, 900, { fit: 'fill' }).png().toBuffer();
    const small = (await decodeBytes(large)).look;
    expect(small.width * small.height).toBeLessThanOrEqual(400_000);
    expect(small.width / small.height).toBeCloseTo(1_000 / 900, 1);
    expect(small.data).toHaveLength(small.width * small.height * 3);
  });

  it('tells the density only where the file knows one', async () => {
    const scan = await halves(black, white).withMetadata({ density: 300 }).png().toBuffer();
    expect((await decodeBytes(scan)).dpi).toBeCloseTo(300, 0);
    const screen = await halves(black, white).png().toBuffer();
    expect((await decodeBytes(screen)).dpi).toBeNull();
  });

  it('lets a small PNG be its own picture, and draws one of a TIFF page', async () => {
    const png = await halves(black, white).png().toBuffer();
    expect((await decodeBytes(png)).display).toBe('source');
    const tiff = await halves(black, white).tiff().toBuffer();
    const { display } = await decodeBytes(tiff);
    if (display === 'source') throw new Error('A browser shows no TIFF.');
    expect(await sharp(display.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 8, height: 4 });
  });

  it('refuses a picture that is cut short, instead of reading half of it', async () => {
    const noise = {
      create: {
        width: 300,
        height: 300,
        channels: 3 as const,
        background: '#fff',
        noise: { type: 'gaussian' as const, mean: 128, sigma: 60 },
      },
    };
    for (const bytes of [await sharp(noise).jpeg().toBuffer(), await sharp(noise).png().toBuffer()]) {
      const half = bytes.subarray(0, bytes.length / 2);
      await expect(decodeBytes(half)).rejects.toMatchObject({
        failure: { code: 'unreadable-page', message: expect.stringContaining('damaged or cut short') },
      });
    }
  });
});
