import type { GrayImage } from './gray-image.js';
import { cellSide, type InkLimits } from './ink-limits.js';

/** Room for the runs of a row, as pairs of places; at most every second pixel is one. */
export const roomForRuns = (width: number): Int32Array => new Int32Array(width + 2);

/** Writes to `places` where each run of ink in row `y` starts and ends (exclusive); returns how many there are. */
export function inkRunsOf({ data, width }: GrayImage, y: number, ink: InkLimits, places: Int32Array): number {
  const { limits, columns } = ink;
  let cell = Math.floor(y / cellSide) * columns;
  let [filled, isInk] = [0, false];
  for (let x = 0, at = y * width; x < width; cell += 1) {
    const limit = limits[cell] as number;
    if (!isInk && x + cellSide <= width && isPaper(data, at, limit)) {
      x += cellSide;
      at += cellSide;
      continue;
    }
    for (const end = Math.min(width, x + cellSide); x < end; x += 1, at += 1) {
      if ((data[at] as number) < limit === isInk) continue;
      places[filled] = x;
      filled += 1;
      isInk = !isInk;
    }
  }
  if (isInk) {
    places[filled] = width;
    filled += 1;
  }
  return filled >> 1;
}

/** Most of a page. */
const isPaper = (data: Uint8Array, at: number, limit: number): boolean =>
  (data[at] as number) >= limit &&
  (data[at + 1] as number) >= limit &&
  (data[at + 2] as number) >= limit &&
  (data[at + 3] as number) >= limit;
