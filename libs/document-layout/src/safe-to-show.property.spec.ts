import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import type { PageLayout } from '@waybill/contracts';
import { layOutPage } from './lay-out-page.js';
import { renderCsv } from './render-csv.js';
import { renderHtml } from './render-html.js';
import { renderMarkdown } from './render-markdown.js';
import { renderOverlay } from './render-overlay.js';
import { drawReading } from './testing/draw-reading.js';

const pieces = [
  ...[
    '<script>steal()</script>',
    '<img src=x onerror=steal()>',
    '<svg/onload=steal()>',
    '"><b onclick=x>',
    "' autofocus onfocus='",
  ],
  ...[
    '<a href="javascript:steal()">',
    '[a](javascript:steal())',
    '![a](http://x.test/p)',
    '<http://x.test>',
    'http://x.test/a',
  ],
  ...[
    'www.x.test',
    'x.com',
    '//localhost',
    '.ac',
    'a@x.test',
    '[a]: javascript:x',
    '[a]',
    '`',
    '```',
    '~~~',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&lt;',
    '&#60;',
  ],
  ...[
    '\\',
    '|',
    '\n',
    '\r',
    '\t',
    '\u0000',
    '\u2028',
    '# ',
    '1. ',
    '- ',
    '> ',
    '    ',
    '<',
    '>',
    '"',
    "'",
    '=',
    'data:text/html,x',
  ],
  ...[
    '&Tab;',
    'javascript&colon;x',
    '</section>',
    '</title>',
    '</style>',
    '<style>*{background:url(http://x.test)}</style>',
  ],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const formula = fc
  .tuple(
    fc.constantFrom('', ' ', '"', "'", 'a;', 'a,', '\n', '\t', 'a;"'),
    fc.constantFrom('=', '+', '-', '@', '＝', '＋', '-5+', '='),
    hostile,
  )
  .map((parts) => `${parts.join('')}cmd|' /C calc'!A0`);

const lines = (...texts: string[]): PageLayout =>
  layOutPage(drawReading(texts.map((text, at) => ({ x: 50, y: 50 + 40 * at, text }))));
/** A table whose every cell begins as the text does; a drawn text would be cut into words, and a cell is more. */
function tableOf(text: string): PageLayout {
  const places = [0, 1, 2].flatMap((row) =>
    [0, 1].map((column) => ({ x: 50 + 150 * column, y: 50 + 14 * row, text: 'x' })),
  );
  const drawn = layOutPage(drawReading(places));
  return {
    ...drawn,
    tables: drawn.tables.map((table) => ({ ...table, cells: table.cells.map((cell) => ({ ...cell, text })) })),
  };
}

interface Found {
  readonly element: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function elementsOf(html: string): Found[] {
  const found: Found[] = [];
  const parser = new Parser(
    { onopentag: (element, attributes) => found.push({ element, attributes }) },
    { decodeEntities: true },
  );
  parser.end(html);
  return found;
}

const shownElements = new Set([
  ...[
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'section',
    'header',
    'footer',
    'figure',
    'div',
    'p',
    'br',
    'ul',
    'ol',
    'li',
  ],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'tr', 'td', 'th'],
]);
const shownAttributes = new Set([
  'lang',
  'charset',
  'rowspan',
  'colspan',
  'data-box',
  'data-kind',
  'data-page',
  'data-document',
]);

describe('whatever a document says', () => {
  it('its HTML has elements and attributes of ours only', () => {
    fc.assert(
      fc.property(hostile, hostile, (line, cell) => {
        const html = renderHtml([lines(line || 'x', `${line} ${line}`), tableOf(cell)]);
        for (const { element, attributes } of elementsOf(html)) {
          expect(shownElements).toContain(element);
          for (const name of Object.keys(attributes)) expect(shownAttributes).toContain(name);
        }
        expect(html.match(/<style>/g)).toHaveLength(1);
      }),
    );
  });

  it('its overlay has neither script nor address', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const { element, attributes } of elementsOf(renderOverlay(lines(text || 'x', text)))) {
          expect(['svg', 'title', 'style', 'g', 'rect', 'path', 'text', 'circle', 'line', 'polygon']).toContain(
            element,
          );
          for (const name of Object.keys(attributes)) expect(name).not.toMatch(/^on|href|src|style$/i);
        }
      }),
    );
  });

  it('its Markdown becomes no link, no picture and no markup in a renderer that lets everything through', () => {
    const careless = new MarkdownIt({ html: true, linkify: true });
    const rendered = new Set([
      ...[
        'p',
        'br',
        'hr',
        'ul',
        'ol',
        'li',
        'em',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
        'h1',
        'h2',
        'h3',
        'h4',
        'h5',
        'h6',
      ],
    ]);
    fc.assert(
      fc.property(hostile, hostile, (line, cell) => {
        const markdown = renderMarkdown([lines(line || 'x', `${line} ${line}`), tableOf(cell)]);
        for (const { element, attributes } of elementsOf(careless.render(markdown))) {
          expect([markdown, rendered.has(element)]).toEqual([markdown, true]);
          expect(Object.keys(attributes).filter((name) => name !== 'start')).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('no cell of its CSV is a formula, wherever cells are parted', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, formula), (text) => {
        for (const record of recordsOf(renderCsv([tableOf(text)]))) {
          for (const cell of record) {
            for (const part of [cell, ...cell.split(';')])
              expect(part).not.toMatch(/^["\s]*[=+\-@＝＋－＠](?!\d[\d.,' ]*%?$)/u);
          }
        }
      }),
    );
  });
});

/** Cells of a CSV by RFC 4180. */
function recordsOf(csv: string): string[][] {
  return csv
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"')));
}

describe('CSV', () => {
  it('has the tables, cell by cell, and amounts as they stand', () => {
    const [first, second] = ['-12.50', 'say "x"'].map((text) => renderCsv([tableOf(text)]));
    expect(first).toBe('"-12.50","-12.50"\r\n'.repeat(3));
    expect(second).toBe('"say ""x""","say ""x"""\r\n'.repeat(3));
    expect(renderCsv([tableOf('a'), lines('no table'), tableOf('b')])).toBe(
      `${'"a","a"\r\n'.repeat(3)}\r\n${'"b","b"\r\n'.repeat(3)}`,
    );
    expect(renderCsv([lines('no table')])).toBe('');
  });

  it.each([
    ['=1+1', `"'=1+1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['a;=HYPERLINK("http://x")', `"a;'=HYPERLINK(""http://x"")"`],
    ['-1+cmd|x', `"'-1+cmd|x"`],
    ['+49 30 123', '"+49 30 123"'],
    ['-5 %', '"-5 %"'],
  ])('writes %s as %s', (text, written) => {
    expect(renderCsv([tableOf(text)]).split(',')[0]).toBe(written);
  });
});
