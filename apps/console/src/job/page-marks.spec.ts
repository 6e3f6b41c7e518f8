import { describe, expect, it } from '@jest/globals';
import type { ExtractedField, PageLayout } from '@waybill/contracts';
import { certaintyOf, drawingSize, marksOf } from './page-marks.js';
import { numberOfPage, pageOfNumber } from './page-numbers.js';

const layout = {
  width: 500,
  height: 1_000,
  words: [{ text: 'Total', box: [0.1, 0.2, 0.3, 0.25], confidence: 0.95 }],
  blocks: [{ kind: 'paragraph', box: [0, 0, 1, 1], confidence: 0.7, lines: [] }],
  tables: [
    {
      ...{ box: [0, 0.5, 1, 1], confidence: 0.5, rows: 1, columns: 1 },
      cells: [{ row: 0, column: 0, rowSpan: 1, columnSpan: 1, text: 'a', box: [0, 0.5, 1, 1], words: [] }],
    },
  ],
} as unknown as PageLayout;
const field = {
  path: '/total',
  value: 12.5,
  confidence: 0.95,
  boxes: [[0.5, 0.2, 0.6, 0.25]],
} as unknown as ExtractedField;

describe('what is drawn over a page', () => {
  it('stands where the words stand, on a drawing of the page’s shape', () => {
    expect(drawingSize(layout)).toEqual({ width: 500, height: 1_000 });
    const [word] = marksOf(layout, []).words;
    expect(word).toMatchObject({ x: 50, y: 200, certainty: 'sure', title: 'Total (0.95)' });
    expect([word?.width, word?.height].map((side) => Math.round(side ?? 0))).toEqual([100, 50]);
  });

  it('names fields by their place in the answer, and cells without a confidence by their table’s', () => {
    const { fields, tables } = marksOf(layout, [field]);
    expect(fields).toEqual([expect.objectContaining({ path: '/total', title: 'total = 12.5 (0.95)' })]);
    expect(tables.map(({ certainty }) => certainty)).toEqual(['doubtful', 'doubtful']);
  });

  it('colours by certainty', () => {
    expect([1, 0.9, 0.89, 0.6, 0.59, 0].map(certaintyOf)).toEqual([
      'sure',
      'sure',
      'likely',
      'likely',
      'doubtful',
      'doubtful',
    ]);
  });
});

describe('pages over all documents', () => {
  const documents = [
    { document: 0, pages: 2 },
    { document: 1, pages: 0 },
    { document: 2, pages: 3 },
  ];
  it('are numbered there and back', () => {
    for (let number = 1; number <= 5; number += 1) {
      const place = pageOfNumber(documents, number);
      expect(place && numberOfPage(documents, place)).toBe(number);
    }
    expect(pageOfNumber(documents, 3)).toEqual({ document: 2, page: 1 });
    expect(pageOfNumber(documents, 6)).toBeUndefined();
    expect(numberOfPage(documents, { document: 9, page: 1 })).toBeUndefined();
  });
});
