import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { visibleRange } from './visible-range.js';

describe('the rows that are drawn', () => {
  it('hold every row that can be seen, and not many more', () => {
    const view = fc.record({
      rows: fc.nat(10_000),
      rowHeight: fc.integer({ min: 1, max: 100 }),
      scrollTop: fc.nat(1_000_000),
      height: fc.nat(2_000),
    });
    fc.assert(
      fc.property(view, (given) => {
        const { first, end } = visibleRange(given);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(given.rows);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(given.height / given.rowHeight) + 14);
        for (const edge of [given.scrollTop, given.scrollTop + given.height - 1]) {
          const row = Math.floor(edge / given.rowHeight);
          if (row >= 0 && row < given.rows && given.height > 0) {
            expect(row).toBeGreaterThanOrEqual(first);
            expect(row).toBeLessThan(end);
          }
        }
      }),
    );
  });
});
