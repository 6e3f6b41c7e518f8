import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PageLayout } from '@waybill/contracts';
import { layOutPage } from './lay-out-page.js';
import { renderHtml } from './render-html.js';
import { renderMarkdown } from './render-markdown.js';
import { renderText } from './render-text.js';
import { drawReading } from './testing/draw-reading.js';

const layout = (...texts: string[]): PageLayout =>
  layOutPage(drawReading(texts.map((text, at) => ({ x: 50, y: 50 + 40 * at, text }))));
const table = (cell: string): PageLayout =>
  layOutPage(
    drawReading(
      [0, 1, 2, 3].flatMap((row) =>
        [0, 1, 2].map((column) => ({ x: 50 + 150 * column, y: 50 + 14 * row, text: `${cell}${row}${column}` })),
      ),
    ),
  );
/** Characters that mean something in HTML or Markdown, between plain ones. */
const nasty = fc
  .array(
    fc.constantFrom(
      '<script>',
      '</p>',
      '<',
      '>',
      '&',
      '"',
      "'",
      '`',
      '[a](http://b.c)',
      '![',
      '](',
      '*',
      '_',
      '|',
      '#',
      '1.',
      '-',
      '\\',
      'a',
      'www.b.c',
      'x@y.z',
      '\n',
      '\u0007',
      '~~',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const ownTags =
  /<\/?(?:html|head|meta|title|style|body|section|header|footer|figure|h2|p|ul|li|br|div|table|tr|td)(?: [a-z-]+="[^"<>]*")*>/g;

describe('HTML', () => {
  it('never takes markup from a document', () => {
    fc.assert(
      fc.property(nasty, nasty, (line, cell) => {
        const html = renderHtml([layout(line, line), table(cell)]).replace('<!DOCTYPE html>', '');
        const left = html.replace(ownTags, '');
        expect(left).not.toMatch(/[<>]/);
        expect(left).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });

  it('has no script, link or address to load', () => {
    expect(renderHtml([table('x')])).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/i);
  });

  it('names pages and boxes, and writes spans', () => {
    const page = table('c');
    const [first] = page.tables;
    const [cell, second, ...others] = first?.cells ?? [];
    if (!first || !cell || !second) throw new Error('the drawn table was not found');
    const spanning = { ...page, tables: [{ ...first, cells: [{ ...cell, columnSpan: 2 }, ...others] }] };
    const html = renderHtml([spanning]);
    expect(html).toContain('<section data-document="0" data-page="1">');
    expect(html).toMatch(
      /<td colspan="2" data-box="0\.08333 0\.0625 [\d. ]+">c00<\/td><td data-box="[\d. ]+">c02<\/td>/,
    );
  });
});

describe('Markdown', () => {
  it('leaves no sign with a meaning unescaped', () => {
    fc.assert(
      fc.property(nasty, nasty, (line, cell) => {
        const lines = renderMarkdown([layout(line, line), table(cell)]).split('\n');
        for (const text of lines) {
          const plain = text
            .replace(/^#{2} |^\| | \|$|^- |\\$/g, '')
            .replace(/\\[!-/:-@[-`{-~]/g, 'x')
            .replaceAll(' | ', '');
          if (/^(---|\| --- .*)$/.test(text) || /^--- \|/.test(plain)) continue;
          expect(plain).not.toMatch(/[<>`[\]*_|&]|:\/\/|www\.|@|^\s*(#|[-+] |\d+[.)](\s|$))/);
        }
      }),
    );
  });

  it('writes headings, tables and page breaks', () => {
    const markdown = renderMarkdown([table('c'), layout('1. first', 'plain 2.50')]);
    expect(markdown).toContain('| c00 | c01 | c02 |\n| --- | --- | --- |\n| c10 | c11 | c12 |');
    expect(markdown).toContain('\n\n---\n\n1. first\n\nplain 2.50\n');
  });
});

describe('text', () => {
  it('parts blocks by an empty line and pages by a form feed', () => {
    expect(renderText([layout('one', 'two'), layout('three')])).toBe('one\n\ntwo\n\fthree\n');
  });

  it('makes a word whole that is parted between blocks', () => {
    expect(renderText([layout('a dili-', 'gent man', 'Well-', 'Known')])).toBe('a diligent\nman\n\nWell-\n\nKnown\n');
  });

  it('lets no control character through', () => {
    expect(renderText([layout('bell\u0007 and\fpage')])).toBe('bell  and page\n');
  });
});
