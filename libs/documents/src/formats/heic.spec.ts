import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { detectFormat } from '../detect-format.js';
import { decodeBytes } from '../testing/decode-bytes.js';
import { refuseWithoutDecoder } from './heic/heic-decoder.js';

/** A HEIF container around AV1, with the container’s brand first: nothing here writes HEVC. */
async function heifOf(width: number, height: number): Promise<Buffer> {
  const picture = sharp({ create: { width, height, channels: 3, background: '#ffffff' } });
  const bytes = await picture.heif({ compression: 'av1' }).toBuffer();
  bytes.write('mif1', 8, 'latin1');
  return bytes;
}

describe('HEIC', () => {
  it('is told from AVIF in the same container', async () => {
    const bytes = await heifOf(64, 32);
    expect((await detectFormat(bytes)).mediaType).toBe('image/avif');
    expect(await decodeBytes(bytes)).toMatchObject({ width: 64, height: 32, display: { mediaType: 'image/jpeg' } });
    bytes.write('heic', 8, 'latin1');
    expect((await detectFormat(bytes)).mediaType).toBe('image/heic');
  });

  it('is refused clearly where its optional decoder is not installed', () => {
    const missing = (): never => {
      throw new Error('Cannot find module');
    };
    expect(() => refuseWithoutDecoder(missing)).toThrow(
      /decoder is not installed here; send it as JPEG.*npm install heic-decode/,
    );
    expect(() => refuseWithoutDecoder()).not.toThrow();
  });

  it('is refused when it is damaged', async () => {
    const bytes = (await heifOf(64, 32)).subarray(0, 120);
    bytes.write('heic', 8, 'latin1');
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ failure: { code: 'unreadable-document' } });
  });
});
