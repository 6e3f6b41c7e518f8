import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeMarkdown } from './place-markdown.js';

const place = { box: [0.1, 0.2, 0.9, 0.8] as [number, number, number, number], confidence: 0.7 };
const textsOf = (markdown: string): string[] => placeMarkdown(markdown, place).words.map(({ text }) => text);

describe('placeMarkdown', () => {
  it.each([
    ['# Heading', ['Heading']],
    ['**Total:** `12`', ['Total:', '12']],
    ['- first\n- second', ['-', 'first', '-', 'second']],
    ['![img-0.jpeg](img-0.jpeg)\n[page](https://example.org)', ['page']],
    ['5 \\* 3 &amp; more, $4.20', ['5', '*', '3', '&', 'more,', '$4.20']],
    ['| a \\| b | c |\n| --- | :-: |\n| d | |', ['a', '|', 'b', 'c', 'd']],
  ])('takes the words of %j and leaves its marks', (markdown, words) => {
    expect(textsOf(markdown)).toEqual(words);
  });

  it('gives every cell of a table its place, also an empty one', () => {
    const { tables } = placeMarkdown('before\n| a | b |\n|---|---|\n| c | |\nafter', place);
    expect(tables.map((cells) => cells.length)).toEqual([4]);
    const [first] = tables[0] ?? [];
    expect(first?.box[0]).toBeCloseTo(0.1);
    expect(first?.box[1]).toBeCloseTo(0.35);
  });

  it('keeps every word inside its block, in reading order, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 12 }), (lines) => {
        let [top, left] = [0, 0];
        for (const { box, confidence } of placeMarkdown(lines.join('\n'), place).words) {
          const [x0, y0, x1, y1] = box;
          expect(confidence).toBe(0.7);
          expect(x0).toBeGreaterThanOrEqual(0.1 - 1e-9);
          expect(x1).toBeLessThanOrEqual(0.9 + 1e-9);
          expect(y1).toBeLessThanOrEqual(0.8 + 1e-9);
          expect(y0 > top - 1e-9 || x0 > left).toBe(true);
          [top, left] = [y0, x0];
        }
      }),
    );
  });
});
