import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HostedWord, Point } from './hosted-reader.js';
import { orientationOf } from './orientation.js';

const page = { width: 800, height: 1_000 };

/** Words whose upper edges run at an angle, clockwise from left to right. */
function slanted(degrees: number, count = 9): HostedWord[] {
  const radians = (degrees * Math.PI) / 180;
  return Array.from({ length: count }, (_, index) => {
    const [x, y] = [300, 300 + 20 * index];
    const from: Point = [x / page.width, y / page.height];
    const to: Point = [(x + 90 * Math.cos(radians)) / page.width, (y + 90 * Math.sin(radians)) / page.height];
    return { text: 'word', box: [0, 0, 0, 0], confidence: 1, topEdge: [from, to] };
  });
}

describe('orientationOf', () => {
  it.each([
    [0, 0],
    [90, 270],
    [180, 180],
    [-90, 90],
  ])('text that lies turned by %d degrees is brought upright by %d', (lies, turn) => {
    expect(orientationOf(slanted(lies), page)).toEqual({ rotation: turn, skewDegrees: 0 });
  });

  it('tells the slant that is left, whichever way the page lies', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 90, 180, 270), fc.double({ min: 0.2, max: 20, noNaN: true }), (lies, slant) => {
        const found = orientationOf(slanted(lies + slant), page);
        expect(found.rotation).toBe((360 - lies) % 360);
        expect(found.skewDegrees).toBeCloseTo(slant, 6);
      }),
    );
  });

  it('is upright without corners, and not led astray by a few', () => {
    expect(orientationOf([], page)).toEqual({ rotation: 0, skewDegrees: 0 });
    expect(orientationOf([...slanted(0, 8), ...slanted(90, 3)], page)).toEqual({ rotation: 0, skewDegrees: 0 });
  });
});
