import type { GrayLook } from './measure-tones.js';

export interface BlockMeasures {
  /** Shares of small squares of the page: in one tone, with slight shades, and with strong contrasts. They sum to 1. */
  readonly flatBlocks: number;
  readonly softBlocks: number;
  readonly hardBlocks: number;
  /** Share of the strongly contrasting squares whose pixels are nearly all of two tones, as ink on paper is. */
  readonly twoToned: number;
  /** How unlike the squares are in brightness, 0..1. */
  readonly blockSpread: number;
  /** Share of neighbours that differ by slight shades: light falling off, as a lens sees it. */
  readonly gradual: number;
}

const sidePixels = 16;
const flatUpTo = 6;
const hardFrom = 60;
/** Tones within this share of a square's range from its darkest or its brightest one count as that. */
const toneReach = 0.2;
const mostlyTwoToned = 0.75;
/** Of a square every so many rows are looked at. */
const rowStep = 2;
const [slightFrom, slightUpTo] = [2, 24];

/** What squares of 16 by 16 pixels look like: drawn pages have flat squares and squares of two tones, photographs neither. */
export function measureBlocks({ data, width, height }: GrayLook): BlockMeasures {
  const columns = Math.max(1, Math.floor(width / sidePixels));
  const rows = Math.max(1, Math.floor(height / sidePixels));
  const means = new Float64Array(columns * rows);
  let [flat, hard, twoToned] = [0, 0, 0];
  for (let at = 0; at < means.length; at += 1) {
    const left = (at % columns) * sidePixels;
    const top = Math.floor(at / columns) * sidePixels;
    const square = { left, top, right: Math.min(width, left + sidePixels), bottom: Math.min(height, top + sidePixels) };
    const { low, high, mean } = tonesOf(data, width, square);
    means[at] = mean;
    if (high - low <= flatUpTo) flat += 1;
    else if (high - low >= hardFrom) {
      hard += 1;
      if (isTwoToned(data, width, { ...square, low, high })) twoToned += 1;
    }
  }
  const count = means.length;
  return {
    flatBlocks: flat / count,
    softBlocks: (count - flat - hard) / count,
    hardBlocks: hard / count,
    twoToned: hard === 0 ? 1 : twoToned / hard,
    blockSpread: Math.min(1, deviationOf(means) / 128),
    gradual: gradualShare(means, columns),
  };
}

interface Square {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function tonesOf(data: Uint8Array, width: number, { left, top, right, bottom }: Square) {
  let low = 255;
  let high = 0;
  let sum = 0;
  for (let y = top; y < bottom; y += rowStep) {
    const end = y * width + right;
    for (let at = y * width + left; at < end; at += 1) {
      const value = data[at] as number;
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { low, high, mean: sum / Math.max(1, (right - left) * rowsIn(top, bottom)) };
}

function isTwoToned(
  data: Uint8Array,
  width: number,
  { left, top, right, bottom, low, high }: Square & { readonly low: number; readonly high: number },
): boolean {
  const reach = toneReach * (high - low);
  const from = Math.floor(low + reach) + 1;
  const upTo = Math.ceil(high - reach) - 1;
  let between = 0;
  for (let y = top; y < bottom; y += rowStep) {
    const end = y * width + right;
    for (let at = y * width + left; at < end; at += 1) {
      const value = data[at] as number;
      if (value >= from && value <= upTo) between += 1;
    }
  }
  return between < (1 - mostlyTwoToned) * (right - left) * rowsIn(top, bottom);
}

const rowsIn = (top: number, bottom: number): number => Math.ceil((bottom - top) / rowStep);

function deviationOf(numbers: Float64Array): number {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
}

function gradualShare(means: Float64Array, columns: number): number {
  let [pairs, slight] = [0, 0];
  for (let at = 0; at < means.length; at += 1) {
    const right = at % columns === columns - 1 ? undefined : means[at + 1];
    for (const neighbour of [right, means[at + columns]]) {
      if (neighbour === undefined) continue;
      pairs += 1;
      const step = Math.abs(neighbour - (means[at] as number));
      if (step >= slightFrom && step <= slightUpTo) slight += 1;
    }
  }
  return slight / Math.max(1, pairs);
}
