import type { GrayLook } from './measure-tones.js';

/** Ink is darker than this share of the mean around it (Bradley and Roth, 2007, use 0.85), and by this many steps. */
const inkShare = 0.85;
const inkSteps = 18;
/** The side of the square around a pixel that its mean is taken over, as a share of the shorter side. */
const surroundingShare = 1 / 10;
const surroundingMinPixels = 16;
/** The mean changes slowly: it is taken once for every square of this side. */
const cellShift = 2;
const cellPixels = 1 << cellShift;
/** There is room for this many runs at first: printed pages have no more. */
const fewRuns = 16_384;

/** The ink of a page, as pixels and as runs: stretches of ink along a row, row after row. */
export interface PageInk {
  readonly width: number;
  readonly height: number;
  /** 1 where a pixel is darker than what surrounds it; on dark paper (`paper` below 110), where it is brighter. */
  readonly pixels: Uint8Array;
  /** Share of the pixels that are ink. */
  readonly inked: number;
  /** Where each run starts in its row, and the place after its end. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The first run of each row, and at `height` the number of all runs. */
  readonly firstOfRow: Int32Array;
}

/** Tells ink from paper by what surrounds each pixel. */
export function findInk(look: GrayLook, paper: number): PageInk {
  const { data, width, height } = look;
  const flip = paper < 110 ? 255 : 0;
  const columns = Math.ceil(width / cellPixels);
  const limits = limitsOf(look, columns, flip);
  const pixels = new Uint8Array(width * height);
  const mostOfRow = (width + 1) >> 1;
  const firstOfRow = new Int32Array(height + 1);
  let starts: Int32Array = new Int32Array(fewRuns + mostOfRow);
  let ends: Int32Array = new Int32Array(fewRuns + mostOfRow);
  let [runs, inked] = [0, 0];
  for (let y = 0; y < height; y += 1) {
    const first = y * width;
    const end = first + width;
    let start = -1;
    firstOfRow[y] = runs;
    if (runs + mostOfRow > starts.length) [starts, ends] = [grown(starts), grown(ends)];
    for (let at = first, cell = (y >> cellShift) * columns; at < end; cell += 1) {
      const limit = limits[cell] as number;
      for (const cellEnd = at + cellPixels < end ? at + cellPixels : end; at < cellEnd; at += 1) {
        if (((data[at] as number) ^ flip) < limit) {
          pixels[at] = 1;
          if (start < 0) start = at;
        } else if (start >= 0) {
          starts[runs] = start - first;
          ends[runs] = at - first;
          inked += at - start;
          runs += 1;
          start = -1;
        }
      }
    }
    if (start < 0) continue;
    starts[runs] = start - first;
    ends[runs] = width;
    inked += end - start;
    runs += 1;
  }
  firstOfRow[height] = runs;
  return { width, height, pixels, inked: inked / Math.max(1, pixels.length), starts, ends, firstOfRow };
}

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** For every cell, how dark a pixel in it has to be. With `flip` 255 of the negative. */
function limitsOf({ data, width, height }: GrayLook, columns: number, flip: number): Int16Array {
  const rows = Math.ceil(height / cellPixels);
  const sums = sumsOf({ data, width, height }, columns, rows, flip);
  const reach = Math.max(surroundingMinPixels, Math.round(Math.min(width, height) * surroundingShare)) >> 1;
  const cells = Math.max(1, Math.round(reach / cellPixels));
  const limits = new Int16Array(columns * rows);
  const stride = columns + 1;
  for (let row = 0, at = 0; row < rows; row += 1) {
    const [top, bottom] = [Math.max(0, row - cells), Math.min(rows, row + cells + 1)];
    const tall = Math.min(height, bottom * cellPixels) - top * cellPixels;
    for (let column = 0; column < columns; column += 1, at += 1) {
      const left = column > cells ? column - cells : 0;
      const right = column + cells + 1 < columns ? column + cells + 1 : columns;
      const wide = (right * cellPixels < width ? right * cellPixels : width) - left * cellPixels;
      const sum =
        (sums[bottom * stride + right] as number) -
        (sums[top * stride + right] as number) -
        (sums[bottom * stride + left] as number) +
        (sums[top * stride + left] as number);
      const mean = sum / (tall * wide);
      limits[at] = Math.ceil(Math.min(mean * inkShare, mean - inkSteps));
    }
  }
  return limits;
}

/** Sums over all cells above and to the left. */
function sumsOf({ data, width, height }: GrayLook, columns: number, rows: number, flip: number): Uint32Array {
  const stride = columns + 1;
  const sums = new Uint32Array(stride * (rows + 1));
  for (let y = 0; y < height; y += 1) {
    const end = (y + 1) * width;
    for (let at = y * width, cell = ((y >> cellShift) + 1) * stride + 1; at < end; cell += 1) {
      let sum = sums[cell] as number;
      for (const cellEnd = at + cellPixels < end ? at + cellPixels : end; at < cellEnd; at += 1)
        sum += (data[at] as number) ^ flip;
      sums[cell] = sum;
    }
  }
  for (let row = 1; row <= rows; row += 1) {
    for (let column = 1, along = 0; column <= columns; column += 1) {
      const cell = row * stride + column;
      along += sums[cell] as number;
      sums[cell] = along + (sums[cell - stride] as number);
    }
  }
  return sums;
}
