import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { detectFormat } from './detect-format.js';

const mediaTypeOf = async (bytes: Uint8Array, name?: string): Promise<string> =>
  (await detectFormat(bytes, name)).mediaType;

const dot = (): Sharp => sharp({ create: { width: 9, height: 9, channels: 3, background: '#888888' } });

describe('detectFormat', () => {
  it.each([
    ['image/jpeg', () => dot().jpeg()],
    ['image/png', () => dot().png()],
    ['image/webp', () => dot().webp()],
    ['image/gif', () => dot().gif()],
    ['image/avif', () => dot().avif()],
    ['image/tiff', () => dot().tiff()],
  ])('knows %s by its bytes', async (mediaType, draw) => {
    expect(await mediaTypeOf(await draw().toBuffer())).toBe(mediaType);
  });

  it('knows a PDF, also behind what a mail gateway put before it', async () => {
    expect(await mediaTypeOf(Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(await mediaTypeOf(Buffer.from(`${'-'.repeat(400)}\n%PDF-1.4\n`))).toBe('application/pdf');
  });

  it('knows a TIFF whose first directory lies at its end', async () => {
    expect(await mediaTypeOf(Buffer.from('49492a007cea010000080000', 'hex'))).toBe('image/tiff');
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'The document is empty; send it as'],
    ['a ZIP', Buffer.from('504b030414000000080000000000', 'hex'), 'The document is of type application/zip; send'],
    ['XML', Buffer.from('<?xml version="1.0"?><order/>'), 'The document is markup; send'],
    ['one byte', Buffer.from([0xff]), 'bytes are of no known type; send'],
  ])('refuses %s with a sentence', async (_what, bytes, sentence) => {
    await expect(mediaTypeOf(bytes)).rejects.toMatchObject({
      failure: { code: 'unsupported-format', message: expect.stringContaining(sentence) },
    });
  });
});
