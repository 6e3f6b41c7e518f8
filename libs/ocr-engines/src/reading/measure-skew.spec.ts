import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Mark } from './find-marks.js';
import { measureSkew } from './measure-skew.js';

/** Letters of 20 pixels on straight lines that slant clockwise, with the jitter that letters have. */
function slanted(degrees: number, jitter: (index: number) => number): Mark[] {
  const slope = Math.tan((degrees * Math.PI) / 180);
  return Array.from({ length: 600 }, (_, index) => {
    const x = (index % 30) * 40;
    const y1 = 400 + Math.floor(index / 30) * 60 + x * slope + jitter(index);
    return { x0: x, y0: y1 - 20, x1: x + 15, y1, pixels: 150 };
  });
}

describe('measureSkew', () => {
  it('finds the slant of lines, either way, within a fifth of a degree', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 12, noNaN: true }), fc.boolean(), fc.nat(), (size, isLeft, seed) => {
        const degrees = isLeft ? -size : size;
        const found = measureSkew(
          slanted(degrees, (index) => ((index * 7 + seed) % 5) - 2),
          20,
        );
        expect(Math.abs(found - degrees)).toBeLessThan(0.2);
      }),
      { numRuns: 25 },
    );
  });

  it('finds none in straight lines', () => {
    expect(
      Math.abs(
        measureSkew(
          slanted(0, (index) => index % 3),
          20,
        ),
      ),
    ).toBeLessThan(0.1);
  });

  it('claims nothing from letters that stand anywhere, or are few', () => {
    const anywhere = slanted(0, (index) => 1_000 * Math.sin(12.9898 * index * index));
    expect(measureSkew(anywhere, 20)).toBe(0);
    expect(measureSkew(slanted(5, () => 0).slice(0, 30), 20)).toBe(0);
    expect(measureSkew([], 0)).toBe(0);
  });
});
