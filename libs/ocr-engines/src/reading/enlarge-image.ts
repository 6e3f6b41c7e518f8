import type { GrayImage } from './gray-image.js';

/** Weights are integers of so many bits, so that no pixel needs floating point. */
const weightBits = 11;
/** More bits than the pixels have, between the two passes. */
const moreBits = 5;

/** For every pixel along a side of the larger image: the four pixels of the smaller one that it is made of, and their weights. */
interface Taps {
  readonly from: Int32Array;
  readonly weights: Int32Array;
}

/**
 * An image enlarged to these sides by cubic convolution (Keys, 1981, a = -0.5), along the rows and then down the columns: on one channel of
 * 8 bits it takes half the time of a library that is made for any image.
 */
export function enlargeImage(image: GrayImage, to: { width: number; height: number }): GrayImage {
  const rows = widenRows(image, to.width);
  const { from, weights } = tapsOf(image.height, to.height);
  const enlarged = new Uint8ClampedArray(to.width * to.height);
  const shift = weightBits + moreBits;
  const half = 1 << (shift - 1);
  for (let y = 0, out = 0; y < to.height; y += 1) {
    const [a, b, c, d] = fourAt(from, y).map((row) => rows.subarray(row * to.width)) as [Rows, Rows, Rows, Rows];
    const [wa = 0, wb = 0, wc = 0, wd = 0] = fourAt(weights, y);
    for (let x = 0; x < to.width; x += 1, out += 1) {
      const sum = (a[x] as number) * wa + (b[x] as number) * wb + (c[x] as number) * wc + (d[x] as number) * wd;
      enlarged[out] = (sum + half) >> shift;
    }
  }
  return { data: new Uint8Array(enlarged.buffer), ...to };
}

type Rows = Int16Array;

const fourAt = (values: Int32Array, place: number): number[] => [...values.subarray(4 * place, 4 * place + 4)];

function widenRows({ data, width, height }: GrayImage, wide: number): Rows {
  const { from, weights } = tapsOf(width, wide);
  const rows = new Int16Array(wide * height);
  const shift = weightBits - moreBits;
  for (let y = 0, out = 0; y < height; y += 1) {
    const row = data.subarray(y * width, (y + 1) * width);
    for (let x = 0, tap = 0; x < wide; x += 1, tap += 4, out += 1) {
      const sum =
        (row[from[tap] as number] as number) * (weights[tap] as number) +
        (row[from[tap + 1] as number] as number) * (weights[tap + 1] as number) +
        (row[from[tap + 2] as number] as number) * (weights[tap + 2] as number) +
        (row[from[tap + 3] as number] as number) * (weights[tap + 3] as number);
      rows[out] = sum >> shift;
    }
  }
  return rows;
}

/** Pixels have their middle at a half; beyond the edge the outermost one goes on. */
function tapsOf(small: number, large: number): Taps {
  const [from, weights] = [new Int32Array(4 * large), new Int32Array(4 * large)];
  for (let place = 0; place < large; place += 1) {
    const middle = ((place + 0.5) * small) / large - 0.5;
    const before = Math.floor(middle);
    const fraction = middle - before;
    for (const [tap, weight] of keysWeights(fraction).entries()) {
      from[4 * place + tap] = Math.min(small - 1, Math.max(0, before - 1 + tap));
      weights[4 * place + tap] = Math.round(weight * (1 << weightBits));
    }
  }
  return { from, weights };
}

/** Of the pixels from one before to two after a place that lies a fraction (0..1) beyond the second of them; they add up to 1. */
const keysWeights = (fraction: number): [number, number, number, number] => {
  const [square, cube] = [fraction ** 2, fraction ** 3];
  return [
    square - 0.5 * (fraction + cube),
    1 - 2.5 * square + 1.5 * cube,
    0.5 * fraction + 2 * square - 1.5 * cube,
    0.5 * (cube - square),
  ];
};
