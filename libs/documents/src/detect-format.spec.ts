import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { detectFormat } from './detect-format.js';
import { drawBmp, drawMail } from '@waybill/samples';

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
    ['image/bmp', drawBmp({ width: 1, height: 1, bitsPerPixel: 24, pixels: [0, 0, 0, 0] })],
    ['image/svg+xml', Buffer.from('<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['image/svg+xml', Buffer.from('\ufeff<svg/>', 'utf16le')],
    ['text/html', Buffer.from('\n<!DOCTYPE html><p>Hello')],
    ['message/rfc822', drawMail('Hello', [])],
    ['text/markdown', Buffer.from('# Invoice\n\n- tea\n- milk\n')],
    ['text/plain', Buffer.from('Dear all')],
    ['text/plain', Buffer.from('\ufeffDear all', 'utf16le')],
    ['text/plain', Buffer.from('vendor,total\n=cmd|x,60.00\n')],
    ['text/plain', Buffer.from('Subject: just one line that looks like a header')],
  ])('knows %s by how it reads', async (mediaType, bytes) => {
    expect(await mediaTypeOf(bytes)).toBe(mediaType);
  });

  it('trusts bytes, not names; but does not take text for what its name says it is not', async () => {
    expect(await mediaTypeOf(Buffer.from('%PDF-1.7\n'), 'note.txt')).toBe('application/pdf');
    expect(await mediaTypeOf(await dot().png().toBuffer(), 'scan.jpg')).toBe('image/png');
    expect(await mediaTypeOf(Buffer.from('Dear all'), 'letter.docs')).toBe('text/plain');
    await expect(mediaTypeOf(Buffer.from('this is not a pdf'), 'a.pdf')).rejects.toMatchObject({
      failure: {
        code: 'unsupported-format',
        message: expect.stringContaining('named as PDF, but its bytes are plain text'),
      },
    });
    await expect(mediaTypeOf(Buffer.from('<!doctype html><script>alert(1)</script>'), 'a.PNG')).rejects.toMatchObject({
      failure: { code: 'unsupported-format' },
    });
  });

  it.each([
    ['JSON', Buffer.from('{"total": 60}'), 'is JSON'],
    ['JSON with broken letters', Buffer.from('{"total": "\xff\xfe"}', 'latin1'), 'is JSON'],
    ['JSON without a bottom', Buffer.from(`${'['.repeat(200_000)}1${']'.repeat(200_000)}`), 'send it as'],
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
