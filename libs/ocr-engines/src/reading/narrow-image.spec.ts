import { describe, expect, it } from '@jest/globals';
import { narrowImage } from './narrow-image.js';

describe('narrowImage', () => {
  it('gives each pixel the mean of what it stands for, row by row', () => {
    const image = { data: Uint8Array.from([0, 100, 200, 40, 60, 80]), width: 3, height: 2 };
    const { data, width, height } = narrowImage(image, 2);
    expect([width, height]).toEqual([2, 2]);
    [33, 167, 47, 73].forEach((gray, at) => expect(Math.abs((data[at] ?? 0) - gray)).toBeLessThanOrEqual(1));
  });

  it('leaves an even image even, and one of the same width as it is', () => {
    const even = { data: new Uint8Array(50 * 3).fill(255), width: 50, height: 3 };
    expect(new Set(narrowImage(even, 47).data)).toEqual(new Set([255]));
    const image = { data: Uint8Array.from({ length: 60 }, (_, at) => (at * 37) % 256), width: 20, height: 3 };
    expect(narrowImage(image, 20)).toEqual(image);
  });
});
