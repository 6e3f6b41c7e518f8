import { describe, expect, it } from '@jest/globals';
import type { Table } from '@waybill/contracts';
import { layOutPage } from './lay-out-page.js';
import type { RuleLine } from './page-reading.js';
import { drawReading } from './testing/draw-reading.js';

const across = (y: number, x0: number, x1: number): RuleLine => ({ x0, y0: y, x1, y1: y });
const down = (x: number, y0: number, y1: number): RuleLine => ({ x0: x, y0, x1: x, y1 });
const cellsOf = (table: Table | undefined): string[] =>
  (table?.cells ?? []).map(
    ({ row, column, rowSpan, columnSpan, text }) => `${row},${column} ${rowSpan}x${columnSpan} ${text}`,
  );

describe('a drawn table', () => {
  const rules = [across(100, 50, 350), across(120, 150, 350), across(140, 50, 350), across(180, 50, 350)].concat([
    down(50, 100, 180),
    down(150, 100, 180),
    down(250, 120, 180),
    down(350, 100, 180),
  ]);
  const reading = drawReading(
    [
      { x: 60, y: 115, text: 'Region' },
      { x: 220, y: 105, text: 'Sales' },
      { x: 160, y: 125, text: '2024' },
      { x: 260, y: 125, text: '2025' },
      { x: 60, y: 145, text: 'North and all' },
      { x: 60, y: 158, text: 'of the coast' },
      { x: 160, y: 150, text: 'not yet known' },
      { x: 260, y: 150, text: '7' },
      { x: 50, y: 60, text: 'Above the table' },
      { x: 50, y: 200, text: 'Below the table' },
    ],
    { rules },
  );
  const layout = layOutPage(reading);

  it('has the spans that its rules leave open, and several lines in a cell', () => {
    expect(cellsOf(layout.tables[0])).toEqual([
      '0,0 2x1 Region',
      '0,1 1x2 Sales',
      '1,1 1x1 2024',
      '1,2 1x1 2025',
      '2,0 1x1 North and all of the coast',
      '2,1 1x1 not yet known',
      '2,2 1x1 7',
    ]);
  });

  it('is read where it stands, cell by cell where cells hold several lines', () => {
    expect(layout.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'table', 'paragraph']);
    const texts = layout.lines.map(({ text }) => text);
    expect(texts.slice(-5)).toEqual(['North and all', 'of the coast', 'not yet known', '7', 'Below the table']);
  });

  it('keeps the boxes of its cells between its rules', () => {
    const [region] = layout.tables[0]?.cells ?? [];
    [50 / 600, 100 / 800, 150 / 600, 140 / 800].forEach((edge, at) => expect(region?.box[at]).toBeCloseTo(edge, 10));
  });
});

it('tells apart the rows of figures that no rule parts, and columns that no rule draws', () => {
  const rules = [across(100, 50, 350), across(120, 50, 350), across(220, 50, 350)].concat([
    down(50, 100, 220),
    down(150, 100, 220),
    down(350, 100, 220),
  ]);
  const texts = [0, 1, 2, 3].flatMap((row) => [
    { x: 60, y: 125 + 22 * row, text: `Item ${row}` },
    { x: 160, y: 125 + 22 * row, text: `1${row}` },
    { x: 260, y: 125 + 22 * row, text: `2.5${row}` },
  ]);
  const head = ['Name', 'Count', 'Price'].map((text, at) => ({ x: 60 + 100 * at, y: 105, text }));
  const [table] = layOutPage(drawReading([...head, ...texts], { rules })).tables;
  expect(table).toMatchObject({ rows: 5, columns: 3 });
  expect(cellsOf(table).slice(-3)).toEqual(['4,0 1x1 Item 3', '4,1 1x1 13', '4,2 1x1 2.53']);
});

it('takes a frame around a page for no table', () => {
  const rules = [across(20, 20, 580), across(780, 20, 580), down(20, 20, 780), down(580, 20, 780), down(300, 700, 780)];
  const texts = Array.from({ length: 20 }, (_, at) => ({ x: 60, y: 60 + 20 * at, text: 'framed words of a page' }));
  expect(layOutPage(drawReading(texts, { rules })).tables).toEqual([]);
});
