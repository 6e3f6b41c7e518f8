import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBytes } from '../../testing/decode-bytes.js';
import { usualLimits } from '../../testing/usual-limits.js';
import { plainText } from '../plain-text.js';
import { decodeText } from './decode-text.js';
import { markdownLines } from './markdown-lines.js';
import { setText } from './set-text.js';

const wordsOf = async (text: string, page = 1): Promise<string[]> =>
  (await decodeBytes(Buffer.from(text), { page })).textLayer?.words.map((word) => word.text) ?? [];

describe('decodeText', () => {
  const text = 'Invoice total 60,00 €\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['Windows-1252', Buffer.from(text.replace('€', '\x80'), 'latin1')],
  ])('knows %s', (_encoding, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it.each([
    ['zeros', Buffer.from('Invoice\0total\0 60.00')],
    ['control characters', Buffer.from('Invoice\x01\x02\x03 60.00')],
  ])('takes what has %s in it for no text', (_what, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });
});

describe('a text as pages', () => {
  it('has every word once, in order, inside the page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.stringMatching(/^[A-Za-z0-9.,€äß]{1,12}$/), { maxLength: 30 }), { maxLength: 90 }),
        async (lines) => {
          const rows = [...setText(lines.map((words) => ({ text: words.join(' '), scale: 1 })))].flatMap(
            ({ rows }) => rows,
          );
          expect(rows.flatMap(({ text }) => text.split(' ').filter((word) => word !== ''))).toEqual(lines.flat());
        },
      ),
    );
  });

  it('gives words with boxes of the page, and a picture of it', async () => {
    const page = await decodeBytes(Buffer.from('Total:   60.00\n\nThank you'));
    expect(page).toMatchObject({ width: 595, height: 842, unit: 'pt', textLayer: { take: 'words', engine: 'text' } });
    expect(page.textLayer?.words.map(({ text }) => text)).toEqual(['Total:', '60.00', 'Thank', 'you']);
    expect(page.textLayer?.words[1]?.box).toEqual([48 + 9 * 6, 48, 48 + 14 * 6, 58]);
    expect(page.display).toMatchObject({ mediaType: 'image/jpeg' });
  });

  it('begins a new page at a form feed, and when one is full', async () => {
    expect(await wordsOf('one\ftwo', 2)).toEqual(['two']);
    const lines = Array.from({ length: 61 }, (_, line) => `line${line}`).join('\n');
    expect(await wordsOf(lines, 2)).toEqual(['line60']);
  });

  it('breaks a line that is too long, without losing a letter', async () => {
    const line = 'x'.repeat(100_000);
    const pages = [...setText([{ text: line, scale: 1 }])];
    expect(
      pages
        .flatMap(({ rows }) => rows)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  });

  it('is refused beyond the limit of pages, naming it', async () => {
    const limits = { ...usualLimits, maxPages: 2 };
    const count = (): unknown => plainText.kind === 'paged' && plainText.countPages(Buffer.from('a\fb\fc'), { limits });
    expect(count).toThrow('the limit is 2. Split it, or raise WAYBILL_MAX_PAGES');
  });
});

describe('Markdown', () => {
  it('is set as a reader would see it', () => {
    const lines = markdownLines(
      '# Invoice **17**\n\nSee [the order](http://x.test) `now`.\n\n| item | sum |\n|---|--:|\n| tea | 3.50 |\n',
    );
    expect(lines.map(({ text }) => text)).toEqual([
      'Invoice 17',
      '',
      'See the order now.',
      '',
      'item   sum',
      'tea    3.50',
      '',
    ]);
    expect(lines[0]?.scale).toBeGreaterThan(1.5);
  });

  it('leaves code as it is', () => {
    expect(markdownLines('```\n# not **a** heading\n```').map(({ text }) => text)).toEqual(['# not **a** heading']);
  });
});
