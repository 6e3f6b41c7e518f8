import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PageLayout } from '@waybill/contracts';
import { layOutPage } from './lay-out-page.js';
import type { PageReading, RawWord } from './page-reading.js';
import { drawReading, turnReading } from './testing/draw-reading.js';

const coordinate = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -20, max: 820 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -1e300, 1e300) },
);
/** Words anywhere, also over each other, over the page's edge, without height, or nowhere at all. */
const anyWord = fc
  .record({
    text: fc.string({ maxLength: 8 }),
    x: coordinate,
    y: coordinate,
    width: fc.integer({ min: 0, max: 200 }),
    height: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ text, x, y, width, height }): RawWord => ({ text, box: [x, y, x + width, y + height], confidence: 0.5 }));

/** Words on a coarse grid, so that rows, columns and tables come about. */
const gridWord = fc
  .record({
    text: fc.constantFrom('Total', 'Item', '12.50', 'and', 'Date:', '•', 'Quarter', '7'),
    column: fc.integer({ min: 0, max: 7 }),
    row: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ text, column, row }): RawWord => {
    const [x, y] = [20 + 64 * column, 32 + 16 * row];
    return { text, box: [x, y, x + 6 * text.length, y + 12], confidence: 0.9 };
  });
const distinct = { selector: ({ box }: RawWord) => `${box[0]} ${box[1]}`, maxLength: 80 };
const anyRule = fc
  .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 800 }), fc.boolean())
  .map(([x, y, lies]) => (lies ? { x0: 0, y0: y, x1: 600, y1: y } : { x0: x, y0: 0, x1: x, y1: 800 }));
const anyBox = fc
  .tuple(coordinate, coordinate, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
  .map(([x, y, width, height]): RawWord['box'] => [x, y, x + width, y + height]);
const anySquare = fc
  .tuple(
    fc.integer({ min: 0, max: 38 }),
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom('empty' as const, 'marked' as const),
  )
  .map(([column, row, ink]) => ({
    box: [16 * column, 16 * row, 16 * column + 12, 16 * row + 12] as RawWord['box'],
    ink,
  }));
const anyPicture = fc.record({
  box: anyBox,
  kind: fc.constantFrom('picture' as const, 'drawing' as const),
  certainty: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyReading = fc
  .record({
    squares: fc.array(anySquare, { maxLength: 8 }),
    pictures: fc.array(anyPicture, { maxLength: 4 }),
    words: fc.oneof(fc.array(anyWord, { maxLength: 60 }), fc.uniqueArray(gridWord, distinct)),
    rules: fc.array(anyRule, { maxLength: 8 }),
    rotation: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
    skewDegrees: fc.constantFrom(0, 0, 2.5, -7),
  })
  .map((parts): PageReading => drawReading([], parts));
const gridReading = fc
  .record({
    words: fc.uniqueArray(gridWord, distinct),
    squares: fc.array(anySquare, { maxLength: 6 }),
    pictures: fc.array(anyPicture, { maxLength: 3 }),
  })
  .map((parts) => drawReading([], { ...parts, width: 640, height: 1024 }));

/** Everything of a layout but where it stands. */
const structureOf = ({ words, lines, blocks, tables, keyValues, checkBoxes, figures }: PageLayout) => ({
  words: words.map(({ text }) => text),
  lines: lines.map((line) => line.words),
  blocks: blocks.map(({ box: _box, confidence: _confidence, ...block }) => block),
  tables: tables.map((table) => table.cells.map(({ box: _box, confidence: _confidence, ...cell }) => cell)),
  keyValues: keyValues.map(({ key, value }) => [key.text, value.text]),
  checkBoxes: (checkBoxes ?? []).map(({ state, label, words: members }) => [state, label?.text, members]),
  figures: (figures ?? []).map(({ kind }) => kind),
});

describe('layOutPage, whatever the words', () => {
  it('reads every word exactly once, in lines and in blocks', () => {
    fc.assert(
      fc.property(anyReading, (reading) => {
        const layout = layOutPage(reading);
        const all = layout.words.map((_, id) => id);
        expect(layout.words.map(({ text }) => text).sort()).toEqual(reading.words.map(({ text }) => text).sort());
        expect(layout.lines.flatMap(({ words }) => words)).toEqual(all);
        expect(layout.blocks.flatMap(({ lines }) => lines)).toEqual(layout.lines.map((_, line) => line));
      }),
    );
  });

  it('tiles the grid of every table, and puts each word of a table into one cell', () => {
    fc.assert(
      fc.property(anyReading, (reading) => {
        const layout = layOutPage(reading);
        for (const block of layout.blocks) {
          const table = block.table === undefined ? undefined : layout.tables[block.table];
          if (!table) continue;
          const covered = table.cells.flatMap((cell) =>
            Array.from({ length: cell.rowSpan * cell.columnSpan }, (_, at) => {
              const [row, column] = [cell.row + Math.floor(at / cell.columnSpan), cell.column + (at % cell.columnSpan)];
              return row * table.columns + column;
            }),
          );
          expect(covered.sort((a, b) => a - b)).toEqual(
            Array.from({ length: table.rows * table.columns }, (_, at) => at),
          );
          const inLines = block.lines.flatMap((line) => layout.lines[line]?.words ?? []);
          expect(table.cells.flatMap(({ words }) => words).sort((a, b) => a - b)).toEqual(
            inLines.sort((a, b) => a - b),
          );
        }
      }),
    );
  });

  it('keeps every box on the page and every confidence a share', () => {
    fc.assert(
      fc.property(anyReading, (reading) => {
        const { words, lines, blocks, tables, keyValues, checkBoxes = [], figures = [] } = layOutPage(reading);
        const cells = tables.flatMap((table) => table.cells);
        const phrases = keyValues.flatMap(({ key, value }) => [key, value]);
        for (const { box } of [
          ...words,
          ...lines,
          ...blocks,
          ...tables,
          ...cells,
          ...phrases,
          ...checkBoxes,
          ...figures,
        ]) {
          const [x0, y0, x1, y1] = box;
          expect(0 <= x0 && x0 <= x1 && x1 <= 1 && 0 <= y0 && y0 <= y1 && y1 <= 1).toBe(true);
        }
        for (const { confidence } of [
          ...words,
          ...lines,
          ...blocks,
          ...tables,
          ...keyValues,
          ...checkBoxes,
          ...figures,
        ]) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the same page', () => {
  it('gives the same structure lying on any side, and the same layout after four turns', () => {
    fc.assert(
      fc.property(gridReading, (reading) => {
        const upright = layOutPage(reading);
        let turned = reading;
        for (let turns = 1; turns < 4; turns += 1) {
          turned = turnReading(turned);
          expect(structureOf(layOutPage(turned))).toEqual(structureOf(upright));
        }
        expect(layOutPage(turnReading(turned))).toEqual(upright);
      }),
    );
  });

  it('gives the same layout at another scale', () => {
    fc.assert(
      fc.property(gridReading, fc.constantFrom(0.25, 2, 8), (reading, scale) => {
        const scaledAll = <Thing extends { box: RawWord['box'] }>(things: readonly Thing[] = []): Thing[] =>
          things.map((thing) => ({ ...thing, box: thing.box.map((edge) => edge * scale) as RawWord['box'] }));
        const [words, squares] = [scaledAll(reading.words), scaledAll(reading.squares)];
        const pictures = scaledAll(reading.pictures);
        const scaled = {
          ...reading,
          words,
          squares,
          pictures,
          width: reading.width * scale,
          height: reading.height * scale,
        };
        const { width: _width, height: _height, ...layout } = layOutPage(scaled);
        expect(layOutPage(reading)).toMatchObject(layout);
      }),
    );
  });

  it('gives the same lines whatever order the words come in', () => {
    fc.assert(
      fc.property(gridReading, (reading) => {
        const reversed = { ...reading, words: reading.words.toReversed() };
        const lines = (layout: PageLayout): string[] => layout.lines.map(({ text }) => text);
        expect(lines(layOutPage(reversed))).toEqual(lines(layOutPage(reading)));
      }),
    );
  });
});

describe('figures and check boxes', () => {
  it('name words and blocks that there are, each figure by one block of its own', () => {
    fc.assert(
      fc.property(anyReading, (reading) => {
        const { blocks, figures = [], checkBoxes = [], words } = layOutPage(reading);
        const own = blocks.filter(({ kind }) => kind === 'figure').map(({ figure }) => figure);
        expect(own.toSorted((a = 0, b = 0) => a - b)).toEqual(figures.map((_, figure) => figure));
        expect(blocks.every(({ figure = 0 }) => figure < Math.max(1, figures.length))).toBe(true);
        const named = checkBoxes.flatMap(({ words: marks, label }) => [...marks, ...(label?.words ?? [])]);
        expect(named.every((id) => id < words.length)).toBe(true);
        const marks = checkBoxes.flatMap((box) => box.words);
        expect(new Set(marks).size).toBe(marks.length);
      }),
    );
  });
});
