import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration } from './format-duration.js';

describe('formatDuration', () => {
  it.each([
    [undefined, '–'],
    [null, '–'],
    [0, '0 ms'],
    [84.4, '84 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [2_449, '2.4 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 00 s'],
    [200_000, '3 min 20 s'],
    [3_599_600, '1 h 00 min'],
    [7_500_000, '2 h 05 min'],
  ])('%p is %p', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  it('never carries a part that belongs to the next unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (durationMs) => {
        expect(formatDuration(durationMs)).not.toMatch(/\b(1000 ms|60(\.0)? s|60 min)/);
      }),
    );
  });
});
