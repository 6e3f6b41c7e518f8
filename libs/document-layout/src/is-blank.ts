import type { PageRaster } from './ocr-engine.js';

/** Ink differs from the paper by this many of 255 steps; the grain of a scan, or a shade, does not. */
const inkSteps = 48;
/** The dot of an i has more pixels than this within a square of so many; a speck of dust has not. */
const speckPixels = 3;
const squareSide = 8;
const sampledPixels = 20_000;

/** Whether a page has no ink at all, on paper of any shade. In doubt it is not blank. */
export function isBlank({ data, width, height, channels }: PageRaster): boolean {
  const paper = middleShade(data, channels);
  const counts = new Uint8Array(Math.ceil(width / squareSide));
  for (let y = 0; y < height; y += 1) {
    if (y % squareSide === 0) counts.fill(0);
    for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
      if (Math.abs((data[at] ?? 0) - paper) < inkSteps && isPaper(data, at, { channels, paper })) continue;
      const square = (x / squareSide) | 0;
      if ((counts[square] = (counts[square] ?? 0) + 1) > speckPixels) return false;
    }
  }
  return true;
}

/** Coloured ink may have the paper's value in one channel. */
function isPaper(data: Uint8Array, at: number, { channels, paper }: { channels: number; paper: number }): boolean {
  for (let channel = 1; channel < channels; channel += 1) {
    if (Math.abs((data[at + channel] ?? 0) - paper) >= inkSteps) return false;
  }
  return true;
}

/** The median, counted instead of sorted. */
function middleShade(data: Uint8Array, channels: number): number {
  const step = channels * Math.max(1, Math.floor(data.length / channels / sampledPixels));
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at += step)
    counts[data[at] as number] = (counts[data[at] as number] as number) + 1;
  const half = Math.ceil(data.length / step) >> 1;
  let passed = 0;
  const middle = counts.findIndex((count) => (passed += count) > half);
  return middle < 0 ? 255 : middle;
}
