import type { GrayLook } from './measure-tones.js';

/** Ink is darker than this share of the mean around it (Bradley and Roth, 2007, use 0.85), and by this many steps. */
const inkShare = 0.85;
const inkSteps = 18;
/** The side of the square around a pixel that its mean is taken over, as a share of the shorter side. */
const surroundingShare = 1 / 10;
const surroundingMinPixels = 16;

/** 1 where a pixel is darker than what surrounds it; on dark paper (`paper` below 110), where it is brighter. */
export function findInk({ data, width, height }: GrayLook, paper: number): Uint8Array {
  const flip = paper < 110 ? 255 : 0;
  const reach = Math.max(surroundingMinPixels, Math.round(Math.min(width, height) * surroundingShare)) >> 1;
  const sums = sumsOf(data, width, height, flip);
  const ink = new Uint8Array(width * height);
  const stride = width + 1;
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - reach);
    const bottom = Math.min(height, y + reach + 1);
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const left = x > reach ? x - reach : 0;
      const right = x + reach + 1 < width ? x + reach + 1 : width;
      const sum =
        (sums[bottom * stride + right] as number) -
        (sums[top * stride + right] as number) -
        (sums[bottom * stride + left] as number) +
        (sums[top * stride + left] as number);
      const mean = sum / ((bottom - top) * (right - left));
      const value = (data[at] as number) ^ flip;
      if (value < mean * inkShare && value < mean - inkSteps) ink[at] = 1;
    }
  }
  return ink;
}

/** Sums over everything above and to the left; with `flip` 255 of the negative. */
function sumsOf(data: Uint8Array, width: number, height: number, flip: number): Uint32Array {
  const stride = width + 1;
  const sums = new Uint32Array(stride * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += (data[y * width + x] as number) ^ flip;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  }
  return sums;
}
