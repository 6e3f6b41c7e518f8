import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { sniffMediaType } from './sniff-media-type.js';

const dot = (): Sharp => sharp({ create: { width: 9, height: 9, channels: 3, background: '#888888' } });

describe('sniffMediaType', () => {
  it.each([
    ['image/jpeg', () => dot().jpeg()],
    ['image/png', () => dot().png()],
    ['image/webp', () => dot().webp()],
    ['image/gif', () => dot().gif()],
    ['image/avif', () => dot().avif()],
    ['image/tiff', () => dot().tiff()],
  ])('knows %s by its bytes', async (mediaType, draw) => {
    expect(await sniffMediaType(await draw().toBuffer())).toBe(mediaType);
  });

  it('knows a PDF, also behind what a mail gateway put before it', async () => {
    expect(await sniffMediaType(Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(await sniffMediaType(Buffer.from(`${'-'.repeat(400)}\n%PDF-1.4\n`))).toBe('application/pdf');
  });

  it('knows a TIFF whose first directory lies at its end', async () => {
    expect(await sniffMediaType(Buffer.from('49492a007cea010000080000', 'hex'))).toBe('image/tiff');
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'The document is empty; send one of'],
    ['a ZIP', Buffer.from('504b030414000000080000000000', 'hex'), 'The document is of type application/zip; send'],
    ['HTML', Buffer.from('<!doctype html><p>Hello'), 'The document is markup; send'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'send one of JPEG, PNG'],
    ['text', Buffer.from('Dear all'), 'bytes are of no known type; send'],
    ['one byte', Buffer.from([0xff]), 'bytes are of no known type; send'],
  ])('refuses %s with a sentence', async (_what, bytes, sentence) => {
    await expect(sniffMediaType(bytes)).rejects.toMatchObject({
      failure: { code: 'unsupported-format', message: expect.stringContaining(sentence) },
    });
  });
});
