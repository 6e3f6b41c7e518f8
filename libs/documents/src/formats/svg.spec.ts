import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { decodeBytes } from '../testing/decode-bytes.js';
import { usualLimits } from '../testing/usual-limits.js';
import { sanitiseSvg } from './svg/sanitise-svg.js';

const svg = (inside: string, size = 'width="200" height="100"'): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inside}</svg>`,
  );
const cleaned = (inside: string): string => sanitiseSvg(svg(inside)).svg;

describe('SVG', () => {
  it('is drawn large enough to be read, on white, with the size that it states', async () => {
    const { width, height, raster } = await decodeBytes(svg('<rect width="100" height="100"/>'));
    expect([width, height]).toEqual([200, 100]);
    expect([raster?.width, raster?.height]).toEqual([800, 400]);
    expect([raster?.data[200 * 800 + 100], raster?.data[200 * 800 + 700]]).toEqual([0, 255]);
  });

  it.each([
    ['a script', '<script>steal()</script><text>TOTAL</text>', 'steal'],
    ['a handler', '<text onclick="steal()">TOTAL</text>', 'steal'],
    ['a page inside', '<foreignObject><p>steal</p></foreignObject><text>TOTAL</text>', 'steal'],
    ['a picture from elsewhere', '<image href="http://elsewhere.test/steal"/><text>TOTAL</text>', 'steal'],
    ['a file', '<image xlink:href="file:///etc/passwd"/><text>TOTAL</text>', 'passwd'],
    ['a drawing inside', '<image href="data:image/svg+xml;base64,c3RlYWw="/><text>TOTAL</text>', 'c3RlYWw'],
    [
      'a style from elsewhere',
      '<style>@import "steal.css"; text { fill: url(http://steal) }</style><text>TOTAL</text>',
      'steal',
    ],
    ['a style with escapes', '<text style="fill: \\75rl(http://steal)">TOTAL</text>', 'steal'],
    ['a comment', '<!-- steal --><text>TOTAL</text>', 'steal'],
  ])('loses %s, and keeps its text', (_what, inside, gone) => {
    const text = cleaned(inside);
    expect(text).not.toContain(gone);
    expect(text).toContain('>TOTAL</text>');
  });

  it('keeps references inside itself, gradients and embedded pictures', () => {
    const inside = '<use href="#a"/><rect fill="url(#g)"/><image href="data:image/png;base64,AAAA"/>';
    expect(cleaned(inside)).toContain('href="#a"');
    expect(cleaned(inside)).toContain('fill="url(#g)"');
    expect(cleaned(inside)).toContain('data:image/png;base64,AAAA');
  });

  it.each([
    ['an outside entity', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ['entities that multiply', '<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'],
  ])('is refused with %s', async (_what, declaration) => {
    const bytes = Buffer.concat([Buffer.from(`<?xml version="1.0"?>${declaration}`), svg('<text>&x;</text>')]);
    await expect(decodeBytes(bytes)).rejects.toMatchObject({
      failure: { code: 'unreadable-document', message: expect.stringContaining('declares entities') },
    });
  });

  it('is read with the document type that drawing programs write', async () => {
    const type = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    await expect(decodeBytes(Buffer.concat([Buffer.from(type), svg('<rect/>')]))).resolves.toMatchObject({
      width: 200,
    });
  });

  it('is refused by its size, and by that of a picture in it', async () => {
    const refusal = { failure: { code: 'too-large', message: expect.stringContaining('WAYBILL_MAX_PIXELS') } };
    await expect(decodeBytes(svg('', 'width="100000" height="100000"'))).rejects.toMatchObject(refusal);
    const bomb = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const inside = `<image width="9" height="9" href="data:image/png;base64,${bomb.toString('base64')}"/>`;
    const limits = { ...usualLimits, maxPixels: 50_000 };
    await expect(decodeBytes(svg(inside), { limits })).rejects.toMatchObject(refusal);
  });

  it('ends where it contains itself', async () => {
    await expect(decodeBytes(svg('<g id="a"><use xlink:href="#a"/></g>'))).resolves.toMatchObject({ width: 200 });
  });
});
