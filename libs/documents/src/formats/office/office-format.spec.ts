import { describe, expect, it } from '@jest/globals';
import { detectFormat } from '../../detect-format.js';
import { drawZip } from '../../testing/draw-zip.js';
import { usualLimits } from '../../testing/usual-limits.js';
import { docx } from '../docx.js';
import { sanitiseHtml } from '../html/sanitise-html.js';

const types = { '[Content_Types].xml': '<Types/>' };

describe('Office documents', () => {
  it.each([
    ['Word', 'word/document.xml'],
    ['Excel', 'xl/workbook.xml'],
    ['PowerPoint', 'ppt/presentation.xml'],
  ])('of %s are known by what is packed in them', async (name, file) => {
    expect((await detectFormat(drawZip({ ...types, [file]: '<x/>' }))).name).toBe(name);
  });

  it('are not just any ZIP', async () => {
    await expect(detectFormat(drawZip({ 'a.txt': 'x' }))).rejects.toMatchObject({
      failure: { code: 'unsupported-format', message: expect.stringContaining('application/zip') },
    });
  });

  it('are refused by what they unpack to, whatever their directory states', () => {
    const bomb = drawZip({ ...types, 'word/document.xml': Buffer.alloc(3_000_000) });
    // The directory's own word for the unpacked size of its last file.
    const entry = Buffer.from(bomb).lastIndexOf(Buffer.from('504b0102', 'hex'));
    Buffer.from(bomb.buffer, bomb.byteOffset).writeUInt32LE(9, entry + 24);
    const limits = { ...usualLimits, maxUnpackedBytes: 1_000_000 };
    expect(() => docx.kind === 'converted' && docx.prepare(bomb, { limits })).toThrow(
      /1000000 bytes, the limit.*WAYBILL_MAX_UNPACKED_BYTES/,
    );
    expect(() => docx.kind === 'converted' && docx.prepare(bomb, { limits: usualLimits })).not.toThrow();
  });

  it.each([
    ['multiply', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><x>&c;</x>'],
    ['reach out', '<!DOCTYPE x SYSTEM "http://elsewhere.test/x.dtd"><x/>'],
  ])('are refused when entities of theirs %s, in any encoding', (_what, xml) => {
    for (const text of [Buffer.from(xml), Buffer.from(`\ufeff${xml}`, 'utf16le')]) {
      const hostile = drawZip({ ...types, 'word/document.xml': '<x/>', 'word/styles.xml': text });
      expect(() => docx.kind === 'converted' && docx.prepare(hostile, { limits: usualLimits })).toThrow(
        /declares entities or types/,
      );
    }
  });

  it('are refused when many of their files are one that lies in the others', () => {
    const bomb = Buffer.from(drawZip({ ...types, 'word/document.xml': Buffer.alloc(900_000), 'word/b.xml': 'x' }));
    // The last file's entry is made to point at the large one.
    const [large, last] = [bomb.indexOf('word/document.xml', bomb.length - 400), bomb.lastIndexOf('word/b.xml')];
    for (const field of [16, 20, 24, 42]) bomb.writeUInt32LE(bomb.readUInt32LE(large - 46 + field), last - 46 + field);
    const limits = { ...usualLimits, maxUnpackedBytes: 1_000_000 };
    expect(() => docx.kind === 'converted' && docx.prepare(bomb, { limits })).toThrow(/1000000 bytes, the limit/);
  });
});

describe('sanitiseHtml', () => {
  const html = (inside: string): string =>
    sanitiseHtml(Buffer.from(`<!doctype html><body>${inside}<p>TOTAL</p></body>`)) ?? '';

  it.each([
    '<script>steal()</script>',
    '<p onclick="steal()">x</p>',
    '<img src="http://elsewhere.test/steal.png">',
    '<img src="file:///steal">',
    '<iframe src="http://steal"></iframe>',
    '<link rel="stylesheet" href="http://steal">',
    '<object data="file:///steal"></object>',
    '<table background="http://steal"></table>',
    '<p style="background: url(http://steal)">x</p>',
    '<style>@import "http://steal"</style>',
    '<meta http-equiv="refresh" content="0;url=http://steal">',
  ])('takes out %s', (inside) => {
    expect(html(inside)).not.toContain('steal');
    expect(html(inside)).toContain('<p>TOTAL</p>');
  });

  it('keeps tables with their spans', () => {
    expect(html('<table><tr><td colspan="2">a</td></tr></table>')).toContain('<td colspan="2">a</td>');
  });
});
