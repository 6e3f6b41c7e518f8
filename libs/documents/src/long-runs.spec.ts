import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { longRuns } from './long-runs.js';

const inkBelow = 150;

/** The same by looking at every pixel. */
function runsByEveryPixel(pixels: readonly boolean[], least: number, gap: number): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  pixels.forEach((isInk, place) => {
    if (!isInk) return;
    const last = runs.at(-1);
    if (last && place - last.end <= gap) last.end = place + 1;
    else runs.push({ start: place, end: place + 1 });
  });
  return runs.filter(({ start, end }) => end - start >= least);
}

describe('longRuns', () => {
  it('finds what looking at every pixel finds, along rows and columns', () => {
    const stretch = fc.record({ isInk: fc.boolean(), length: fc.integer({ min: 1, max: 14 }) });
    const line = fc
      .array(stretch, { maxLength: 30 })
      .map((all) => all.flatMap(({ isInk, length }) => Array.from({ length }, () => isInk)));
    fc.assert(
      fc.property(
        line,
        fc.integer({ min: 2, max: 40 }),
        fc.nat({ max: 2 }),
        fc.nat({ max: 3 }),
        (pixels, size, gap, across) => {
          const [least, step] = [size / 2, across + 1];
          const data = new Uint8Array(1 + pixels.length * step).fill(255);
          pixels.forEach((isInk, place) => (data[1 + place * step] = isInk ? 20 : 255));
          const found = longRuns(data, { from: 1, length: pixels.length, step }, { inkBelow, least, gap });
          expect(found).toEqual(runsByEveryPixel(pixels, least, gap));
        },
      ),
    );
  });
});
