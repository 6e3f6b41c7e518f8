import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layOutPage } from './lay-out-page.js';
import { type DrawnText, drawReading } from './testing/draw-reading.js';

const words = 'some words of running text that tell a story here and there about nothing much at all'.split(' ');

/** A line of about `letters` letters that begins with a name found nowhere else on the page. */
function lineOf(name: string, letters: number, turn: number): string {
  const line = [name];
  for (let next = turn; line.join(' ').length < letters - 6; next += 1) line.push(words[next % words.length] ?? '');
  return line.join(' ');
}

interface DrawnColumn {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly lines: number;
  readonly letters?: number;
}

/** A column of running text, 13 points a line; its last line is short. */
const column = ({ x, y, name, lines, letters = 34 }: DrawnColumn): DrawnText[] =>
  Array.from({ length: lines }, (_, at) => {
    const text = lineOf(`${name}${at}`, at === lines - 1 ? 16 : letters, 5 * at);
    return { x, y: y + 13 * at, text };
  });
const headline = (x: number, y: number, text: string): DrawnText => ({ x, y, text, size: 18 });

/** Texts are drawn in the order they are read in, and handed over in another. */
function linesOf(texts: readonly DrawnText[]): string[] {
  const shuffled = texts.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  return layOutPage(drawReading(shuffled, { width: 640 })).lines.map(({ text }) => text);
}
const textsOf = (texts: readonly DrawnText[]): string[] => texts.map(({ text }) => text);

describe('a page in columns, as newspapers have them', () => {
  it.each([
    [
      'three columns under one headline, on one grid of lines',
      [
        headline(100, 40, 'One headline that goes over all three'),
        ...column({ x: 20, y: 100, name: 'a', lines: 20 }),
        ...column({ x: 220, y: 100, name: 'b', lines: 20 }),
        ...column({ x: 420, y: 100, name: 'c', lines: 17 }),
      ],
    ],
    [
      'three columns whose lines stand at different heights',
      [
        ...column({ x: 20, y: 100, name: 'a', lines: 12 }),
        ...column({ x: 220, y: 104, name: 'b', lines: 24 }),
        ...column({ x: 420, y: 109, name: 'c', lines: 23 }),
      ],
    ],
    [
      'a headline over two columns while the third runs on beside it',
      [
        headline(20, 60, 'A headline over two of the columns'),
        ...column({ x: 20, y: 100, name: 'a', lines: 20 }),
        ...column({ x: 220, y: 103, name: 'b', lines: 20 }),
        ...column({ x: 420, y: 69, name: 'c', lines: 23 }),
      ],
    ],
    [
      'a second story that begins half way down, under a headline of its own',
      [
        ...column({ x: 20, y: 60, name: 'a', lines: 40 }),
        ...column({ x: 220, y: 60, name: 'b', lines: 15 }),
        ...column({ x: 420, y: 66, name: 'c', lines: 15 }),
        headline(220, 290, 'Another headline over both'),
        ...column({ x: 220, y: 330, name: 'd', lines: 18 }),
        ...column({ x: 420, y: 335, name: 'e', lines: 17 }),
      ],
    ],
    [
      'two stories in three columns each, one under the other',
      [
        headline(20, 40, 'The first headline over the whole page of it'),
        ...column({ x: 20, y: 80, name: 'a', lines: 6 }),
        ...column({ x: 220, y: 80, name: 'b', lines: 6 }),
        ...column({ x: 420, y: 80, name: 'c', lines: 5 }),
        headline(20, 200, 'The second headline over the whole page of it'),
        ...column({ x: 20, y: 240, name: 'd', lines: 6 }),
        ...column({ x: 220, y: 244, name: 'e', lines: 6 }),
        ...column({ x: 420, y: 248, name: 'f', lines: 5 }),
      ],
    ],
  ])('is read column by column: %s', (_, texts) => {
    expect(linesOf(texts)).toEqual(textsOf(texts));
  });

  it('is read so with the rules between its columns, which engines take for bars', () => {
    const columns = [20, 220, 420].flatMap((x, at) => column({ x, y: 60 + 3 * at, name: 'abc'[at] ?? '', lines: 20 }));
    const bars = [200, 402].flatMap((x) => [80, 200, 290].map((y): DrawnText => ({ x, y, text: '|' })));
    const lines = linesOf([...columns, ...bars]).filter((line) => line !== '|');
    expect(lines.map((line) => line.replaceAll(/ ?\| ?/g, ''))).toEqual(textsOf(columns));
  });

  it('is read so with two to four columns of any heights', () => {
    const page = fc.integer({ min: 2, max: 4 }).chain((count) =>
      fc.array(fc.record({ drop: fc.integer({ min: 0, max: 12 }), lines: fc.integer({ min: 8, max: 40 }) }), {
        minLength: count,
        maxLength: count,
      }),
    );
    fc.assert(
      fc.property(page, (heights) => {
        const pitch = 620 / heights.length;
        const texts = heights.flatMap(({ drop, lines }, at) =>
          column({ x: 10 + pitch * at, y: 60 + drop, name: 'abcd'[at] ?? '', lines, letters: pitch / 5 - 4 }),
        );
        expect(linesOf(texts)).toEqual(textsOf(texts));
      }),
      { numRuns: 40 },
    );
  });
});

describe('what stands beside each other without being columns of text', () => {
  it('is read row by row: a table of short words', () => {
    const cells = ['Item', 'Quantity', 'Unit price', 'Amount'];
    const texts = Array.from({ length: 8 }, (_, row) =>
      cells.map((cell, at): DrawnText => ({ x: 20 + 150 * at, y: 60 + 14 * row, text: `${cell} ${row}` })),
    );
    expect(linesOf(texts.flat())).toEqual(texts.map((row) => textsOf(row).join(' ')));
  });
});
