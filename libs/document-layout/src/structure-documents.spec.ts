import { describe, expect, it } from '@jest/globals';
import type { PageLayout } from '@waybill/contracts';
import { documentStructureSchema } from '@waybill/contracts';
import { layOutPage } from './lay-out-page.js';
import { renderHtml } from './render-html.js';
import { renderMarkdown } from './render-markdown.js';
import { structurePages } from './structure-documents.js';
import { type DrawnText, drawReading, turnReading } from './testing/draw-reading.js';

const lay = (page: number, texts: readonly DrawnText[], document = 0): PageLayout =>
  layOutPage(drawReading(texts, { page, document }));
const body = (page: number, from = 100, to = 700): DrawnText[] =>
  Array.from({ length: Math.floor((to - from) / 14) }, (_, at) => ({
    x: 60,
    y: from + 14 * at,
    text: `line ${at} of page ${page}, a running text that goes from one side of the page to the other`,
  }));
const items = (top: number, first: number, count: number): DrawnText[] =>
  Array.from({ length: count }, (_, at) => [
    { x: 60, y: top + 16 * at, text: `Item ${first + at}` },
    { x: 260, y: top + 16 * at, text: `${first + at}.50` },
    { x: 420, y: top + 16 * at, text: `${10 * (first + at)}` },
  ]).flat();
const head = (top: number, names = ['Name', 'Price', 'Count']): DrawnText[] =>
  names.map((text, at) => ({ x: [60, 260, 420][at] ?? 0, y: top, text }));

describe('what repeats from page to page', () => {
  const pages = [1, 2, 3].map((page) =>
    lay(page, [
      { x: 60, y: 40, text: 'Report on harbours 2026' },
      ...body(page),
      { x: 290, y: 770, text: `– ${page + 16} –` },
    ]),
  );

  it('is a running head, and a page number when it counts with the pages', () => {
    const [structure] = structurePages(pages);
    expect(structure?.running.map(({ page, kind, label }) => [page, kind, label])).toEqual([
      [1, 'header', undefined],
      [1, 'page-number', '17'],
      [2, 'header', undefined],
      [2, 'page-number', '18'],
      [3, 'header', undefined],
      [3, 'page-number', '19'],
    ]);
    expect(documentStructureSchema.parse(structure)).toEqual(structure);
  });

  it('stands once in Markdown, and page numbers do not', () => {
    const markdown = renderMarkdown(pages);
    expect(markdown.match(/Report on harbours/g)).toHaveLength(1);
    expect(markdown).not.toMatch(/–\s*17/);
  });

  it('may be on every other page only', () => {
    const bound = [1, 2, 3, 4].map((page) =>
      lay(page, [{ x: 60, y: 40, text: page % 2 ? 'Left title' : 'Right title' }, ...body(page)]),
    );
    expect(structurePages(bound)[0]?.running).toHaveLength(4);
  });

  it('is nothing when a text stands once, or elsewhere, or in another document', () => {
    const once = [1, 2, 3].map((page) =>
      lay(page, [{ x: 60, y: 40, text: `${'abc'.repeat(page)} only` }, ...body(page)]),
    );
    expect(structurePages(once)[0]?.running).toEqual([]);
    const alone = [0, 1].map((document) => lay(1, [{ x: 60, y: 40, text: 'Report' }, ...body(1)], document));
    expect(structurePages(alone).map(({ running }) => running)).toEqual([[], []]);
  });
});

describe('a table that goes on over pages', () => {
  const first = lay(1, [...body(1, 60, 380), ...head(420), ...items(436, 1, 16), { x: 290, y: 770, text: '1' }]);
  const repeats = lay(2, [...head(60), ...items(76, 17, 6), ...body(2, 220), { x: 290, y: 770, text: '2' }]);
  const goesOn = lay(2, [...items(60, 17, 6), ...body(2, 220), { x: 290, y: 770, text: '2' }]);

  it.each([
    ['and repeats its head', repeats, 1],
    ['without a head', goesOn, 0],
  ])('is one table %s', (_how, second, repeatedRows) => {
    expect(structurePages([first, second])[0]?.continuedTables).toMatchObject([
      {
        parts: [
          { page: 1, table: 0, repeatedRows: 0 },
          { page: 2, table: 0, repeatedRows },
        ],
      },
    ]);
    const markdown = renderMarkdown([first, second]);
    expect(markdown).toContain('| Item 16 | 16.50 | 160 |\n| Item 17 | 17.50 | 170 |');
    expect(markdown.match(/\| Name \| Price \| Count \|/g)).toHaveLength(1);
    const html = renderHtml([first, second]);
    expect(html.match(/<table/g)).toHaveLength(1);
    expect(html).toMatch(/<tr data-page="2"><td data-box="[\d. ]+">Item 17</);
  });

  it('may run over three pages, also lying on their sides', () => {
    const whole = [
      drawReading([...body(1, 60, 380), ...head(420), ...items(436, 1, 18)], { page: 1 }),
      drawReading([...head(60), ...items(76, 19, 40)], { page: 2 }),
      drawReading([...head(60), ...items(76, 59, 6), ...body(3, 220)], { page: 3 }),
    ];
    for (const pages of [whole, whole.map(turnReading)]) {
      const parts = structurePages(pages.map(layOutPage))[0]?.continuedTables.map((table) => table.parts.length);
      expect(parts).toEqual([3]);
    }
  });

  it.each([
    ['has other names over its columns', lay(2, [...head(60, ['Ship', 'Length', 'Crew']), ...items(76, 17, 6)])],
    ['comes after some text', lay(2, [...body(2, 60, 300), ...head(320), ...items(336, 17, 6)])],
    ['is not on the next page', lay(3, [...head(60), ...items(76, 17, 6)])],
    [
      'has columns elsewhere',
      lay(
        2,
        items(60, 17, 6).map((text) => ({ ...text, x: text.x === 60 ? 60 : text.x - 130 })),
      ),
    ],
  ])('ends where the next one %s', (_why, second) => {
    expect(second.tables).toHaveLength(1);
    expect(structurePages([first, second])[0]?.continuedTables).toEqual([]);
  });
});
