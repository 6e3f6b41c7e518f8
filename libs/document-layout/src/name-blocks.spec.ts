import { describe, expect, it } from '@jest/globals';
import { layOutPage } from './lay-out-page.js';
import type { PictureArea } from './page-reading.js';
import { renderHtml } from './render-html.js';
import { renderMarkdown } from './render-markdown.js';
import { type DrawnText, drawReading } from './testing/draw-reading.js';

const paragraph = (y: number): DrawnText[] =>
  [0, 1, 2, 3].map((at) => ({ x: 60, y: y + 13 * at, text: 'a running text of some words that fills its line well' }));

it('gives headings levels by number, then by size', () => {
  const layout = layOutPage(
    drawReading([
      { x: 60, y: 30, text: 'Annual report', size: 20 },
      ...paragraph(70),
      { x: 60, y: 150, text: 'The year in short', size: 15 },
      ...paragraph(180),
      { x: 60, y: 260, text: '2.1 Harbours', size: 13 },
      ...paragraph(290),
    ]),
  );
  const headings = layout.blocks.filter(({ kind }) => kind === 'heading');
  expect(headings.map(({ level }) => level)).toEqual([1, 2, 3]);
  const markdown = renderMarkdown([layout]);
  expect(markdown).toContain('# Annual report\n');
  expect(markdown).toContain('## The year in short\n');
  expect(renderHtml([layout])).toMatch(/<h3 data-kind="heading" [^>]*>2\.1 Harbours<\/h3>/);
});

describe('lists', () => {
  const layout = layOutPage(
    drawReading([
      { x: 60, y: 60, text: 'What there is to do this year:' },
      { x: 60, y: 90, text: '1. Repair the quay' },
      { x: 80, y: 104, text: '• the north side first' },
      { x: 80, y: 118, text: '• the south side, which' },
      { x: 92, y: 131, text: 'is longer' },
      { x: 60, y: 146, text: '2. Paint the crane' },
      { x: 60, y: 160, text: 'a) in yellow' },
      { x: 60, y: 174, text: '3. Count the boats' },
    ]),
  );
  const items = layout.blocks.filter(({ kind }) => kind === 'list-item');

  it('are nested by indent, and by the kind of mark where the indent is the same', () => {
    expect(items.map(({ level, mark }) => [level, mark?.text, mark?.counts])).toEqual([
      [1, '1.', true],
      [2, '•', false],
      [2, '•', false],
      [1, '2.', true],
      [2, 'a)', true],
      [1, '3.', true],
    ]);
  });

  it('keep their nesting in Markdown and HTML', () => {
    expect(renderMarkdown([layout])).toContain(
      [
        '1. Repair the quay',
        '   - the north side first',
        '   - the south side, which',
        '     is longer',
        '2. Paint the crane',
        '   - a) in yellow',
        '3. Count the boats',
      ].join('\n'),
    );
    const tags = renderHtml([layout])
      .match(/<\/?(?:ol|ul|li)\b/g)
      ?.join('')
      .replaceAll('<', ' ')
      .trim();
    expect(tags).toBe('ol li ul li /li li /li /ul /li li ol li /li /ol /li li /li /ol');
  });
});

describe('the head of a table', () => {
  const rows = (texts: readonly (readonly string[])[]): number | undefined =>
    layOutPage(
      drawReading(
        texts.flatMap((cells, row) =>
          cells.flatMap((text, column) => (text ? [{ x: 60 + 130 * column, y: 60 + 16 * row, text }] : [])),
        ),
      ),
    ).tables[0]?.headRows;
  const figures = [
    ['North', '1.5', '2.5'],
    ['South', '3.5', '4.5'],
    ['West', '5.5', '6.5'],
  ];

  it.each([
    ['above figures', [['Region', 'Sales', 'Costs'], ...figures], 1],
    ['of years', [['Region', '2024', '2025'], ...figures], 1],
    ['that is missing', figures, 0],
  ])('%s', (_what, texts, expected) => {
    expect(rows(texts)).toBe(expected);
  });
});

describe('figures', () => {
  const picture = (box: PictureArea['box'], kind: PictureArea['kind'] = 'picture'): PictureArea => ({
    ...{ box, kind, certainty: 0.9 },
  });
  const texts = [...paragraph(60), { x: 200, y: 300, text: 'Harbour at night' }, ...paragraph(500)];

  it('stand where they are met in reading, with the text inside them named', () => {
    const layout = layOutPage(drawReading(texts, { pictures: [picture([100, 150, 500, 450])] }));
    expect(layout.blocks.map(({ kind, figure }) => [kind, figure])).toEqual([
      ['paragraph', undefined],
      ['figure', 0],
      ['paragraph', 0],
      ['paragraph', undefined],
    ]);
    expect(layout.figures?.[0]).toMatchObject({ kind: 'picture', confidence: 0.9 });
    [100 / 600, 150 / 800, 500 / 600, 450 / 800].forEach((edge, at) =>
      expect(layout.figures?.[0]?.box[at]).toBeCloseTo(edge, 10),
    );
    expect(renderMarkdown([layout])).toContain('\n\n*Figure*\n\n');
    expect(renderHtml([layout])).toMatch(/<figure data-kind="figure" data-box="0\.16667 0\.1875 0\.83333 0\.5625">/);
  });

  it('are neither ornaments nor the page itself, except on a page without words', () => {
    const all = [picture([0, 0, 600, 800]), picture([10, 10, 30, 30])];
    expect(layOutPage(drawReading(texts, { pictures: all })).figures).toEqual([]);
    expect(layOutPage(drawReading([], { pictures: all })).figures).toHaveLength(1);
  });

  it('are no drawings where a table stands', () => {
    const table = [0, 1, 2, 3].flatMap((row) =>
      [0, 1, 2].map((column) => ({ x: 60 + 130 * column, y: 60 + 16 * row, text: `c${row}${column}` })),
    );
    const layout = layOutPage(drawReading(table, { pictures: [picture([50, 50, 400, 130], 'drawing')] }));
    expect(layout.figures).toEqual([]);
  });
});
