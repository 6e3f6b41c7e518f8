import { describe, expect, it } from '@jest/globals';
import { enlargeImage } from './enlarge-image.js';
import { imageOf, pixelsOf } from './gray-image.js';

const [width, height] = [40, 30];
/** A dark bar with soft ends on light paper. */
const bar = {
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return Math.round(255 * Math.min(1, Math.hypot((x - 18) / 14, (y - 15) / 6)));
  }),
};

describe('enlargeImage', () => {
  it('leaves an even image even', () => {
    const even = { width: 5, height: 4, data: new Uint8Array(20).fill(90) };
    expect(new Set(enlargeImage(even, { width: 13, height: 9 }).data)).toEqual(new Set([90]));
  });

  it('gives the image itself at the same size', () => {
    expect(enlargeImage(bar, { width, height })).toEqual(bar);
  });

  it('gives what a library gives, but for a few steps of gray', async () => {
    const to = { width: 84, height: 63 };
    const library = await pixelsOf(imageOf(bar).resize({ ...to, fit: 'fill', kernel: 'cubic' }));
    const apart = enlargeImage(bar, to).data.map((gray, at) => Math.abs(gray - (library.data[at] ?? 0)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(24);
    expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(2);
  });

  it('stays within black and white beside hard edges', () => {
    const edge = { width: 6, height: 1, data: Uint8Array.from([0, 0, 0, 255, 255, 255]) };
    const { data } = enlargeImage(edge, { width: 24, height: 4 });
    expect(data[0]).toBe(0);
    expect(data.at(-1)).toBe(255);
  });
});
