import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { inspectDocument } from '../../inspect-document.js';
import { usualLimits } from '../../testing/usual-limits.js';

const limits = { ...usualLimits, maxBytes: 100_000, maxPages: 3, maxPixels: 10_000 };
const blank = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#ffffff' } });

async function tiffOf(pages: number): Promise<Buffer> {
  const page = await blank(20, 20).png().toBuffer();
  return sharp(Array(pages).fill(page) as Buffer[], { join: { across: 1, animated: true } })
    .tiff()
    .toBuffer();
}

describe('inspectDocument, of images', () => {
  it('counts every page of a TIFF', async () => {
    const bytes = await tiffOf(3);
    expect(await inspectDocument(bytes, limits)).toEqual({
      mediaType: 'image/tiff',
      pages: 3,
      sizeBytes: bytes.length,
    });
  });

  it('takes the first frame of an animation as its page', async () => {
    const frame = await blank(20, 20).png().toBuffer();
    const other = await blank(20, 20).negate().png().toBuffer();
    const bytes = await sharp([frame, other], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await inspectDocument(bytes, limits)).toMatchObject({ mediaType: 'image/gif', pages: 1 });
  });

  it('refuses by the header, before anything is decoded', async () => {
    const png = await blank(50, 50).png().toBuffer();
    // Width and height of the header chunk; its checksum no longer fits, and its pixels are not there.
    png.writeUInt32BE(40_000, 16);
    png.writeUInt32BE(40_000, 20);
    await expect(inspectDocument(png, limits)).rejects.toMatchObject({
      failure: { code: expect.stringMatching(/too-large|unreadable-document/) },
    });
  });

  it('refuses a picture with too many pixels, naming the limit', async () => {
    await expect(inspectDocument(await blank(200, 100).png().toBuffer(), limits)).rejects.toMatchObject({
      failure: { code: 'too-large', message: expect.stringContaining('200 x 100 pixels; the limit is 10000 in all') },
    });
  });

  it('refuses a GIF whose screen is larger than its frames', async () => {
    const gif = await blank(4, 4).gif().toBuffer();
    gif.writeUInt16LE(65_535, 6);
    gif.writeUInt16LE(65_535, 8);
    await expect(inspectDocument(gif, limits)).rejects.toMatchObject({ failure: { code: 'too-large' } });
  });

  it('refuses too many pages and too many bytes', async () => {
    await expect(inspectDocument(await tiffOf(4), limits)).rejects.toMatchObject({
      failure: { code: 'too-many-pages' },
    });
    await expect(inspectDocument(Buffer.alloc(100_001), limits)).rejects.toMatchObject({
      failure: { code: 'too-large' },
    });
  });

  it('refuses a header that is cut short', async () => {
    const jpeg = await blank(50, 50).jpeg().toBuffer();
    await expect(inspectDocument(jpeg.subarray(0, 20), limits)).rejects.toMatchObject({
      failure: { code: 'unreadable-document', message: expect.stringContaining('send it again, complete') },
    });
  });
});
