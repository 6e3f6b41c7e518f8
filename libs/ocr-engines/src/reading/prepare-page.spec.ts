import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findMarks } from './find-marks.js';
import type { GrayImage } from './gray-image.js';
import { preparePage } from './prepare-page.js';
import { boxBeforeTurn, turnPage, type Turn } from './turn-page.js';

type Spot = readonly [x: number, y: number];

/** White paper with one black square of 8 pixels whose centre is at the spot. */
function spotted([x, y]: Spot, width = 300, height = 200): GrayImage {
  const data = new Uint8Array(width * height).fill(255);
  for (let row = y - 4; row < y + 4; row += 1) data.fill(0, row * width + x - 4, row * width + x + 4);
  return { data, width, height };
}

const spots = fc.tuple(fc.integer({ min: 10, max: 290 }), fc.integer({ min: 10, max: 190 }));
const centreOf = ([x0, y0, x1, y1]: readonly [number, number, number, number]): Spot => [(x0 + x1) / 2, (y0 + y1) / 2];

describe('preparePage', () => {
  it('finds the way back from every slant, scale and narrowing, within a pixel and a half of the page', async () => {
    const slants = fc.double({ min: -10, max: 10, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        spots,
        slants,
        fc.double({ min: 0.6, max: 4, noNaN: true }),
        fc.constantFrom(0.8, 0.93, 1),
        async (spot, skewDegrees, scale, narrowing) => {
          const preparation = { isInverted: false, skewDegrees, scale, narrowing };
          const { image, toPage } = await preparePage(spotted(spot), preparation);
          const [mark] = findMarks(image);
          const [x, y] = centreOf(toPage([mark!.x0, mark!.y0, mark!.x1, mark!.y1]));
          expect(Math.hypot(x - spot[0], y - spot[1])).toBeLessThan(1.5);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('takes a clockwise slant out', async () => {
    // Two spots on a line that falls by 20 in 200 pixels to the right: 5.7 degrees clockwise.
    const [left, right] = [spotted([50, 80]), spotted([250, 100])];
    const both = { ...left, data: left.data.map((value, at) => Math.min(value, right.data[at]!)) };
    const { image } = await preparePage(both, { isInverted: false, skewDegrees: 5.71, scale: 1, narrowing: 1 });
    const [one, two] = findMarks(image);
    expect(Math.abs((one!.y0 + one!.y1) / 2 - (two!.y0 + two!.y1) / 2)).toBeLessThan(1.5);
  });

  it('turns white on black into black on white', async () => {
    const page = spotted([50, 80]);
    const inverted = { ...page, data: page.data.map((value) => 255 - value) };
    const { image } = await preparePage(inverted, { isInverted: true, skewDegrees: 0, scale: 1, narrowing: 1 });
    expect(Buffer.compare(image.data, page.data)).toBe(0);
  });

  it('never gives a box beyond the page', async () => {
    const page = spotted([10, 10]);
    const { image, toPage } = await preparePage(page, { isInverted: false, skewDegrees: 7, scale: 2, narrowing: 1 });
    expect(toPage([-5, -5, image.width + 5, image.height + 5])).toEqual([0, 0, 300, 200]);
  });
});

describe('turnPage', () => {
  it.each<Turn>([0, 90, 180, 270])('finds the way back from %d degrees', async (turn) => {
    const page = spotted([40, 150]);
    const [mark] = findMarks(await turnPage(page, turn));
    const { x0, y0, x1, y1 } = mark!;
    expect(boxBeforeTurn([x0, y0, x1, y1], turn, page)).toEqual([36, 146, 44, 154]);
  });

  it('turns clockwise', async () => {
    const [mark] = findMarks(await turnPage(spotted([40, 20]), 90));
    expect(mark).toMatchObject({ x0: 200 - 24, y0: 36 });
  });
});
