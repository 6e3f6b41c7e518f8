import type { Mark } from './find-marks.js';

/** Scans put on the glass by hand stay within this; more is a photo that somebody would turn first. */
const mostDegrees = 15;
const coarseStepDegrees = 0.5;
const fineStepDegrees = 0.05;
/** With fewer letters, chance makes lines. */
const fewestLetters = 60;
/** The best angle must gather the letters this much better than no angle at all. */
const clearGain = 1.15;

/**
 * The slant of the text lines in degrees, clockwise positive, from where the letters stand (after Baird, 1987): along
 * the true angle the feet of the letters fall together on few lines, so the sum of squares over lines is largest there.
 */
export function measureSkew(letters: readonly Mark[], letterHeight: number): number {
  if (letters.length < fewestLetters || letterHeight <= 0) return 0;
  const feet = letters.map(({ x0, x1, y1 }) => ({ x: (x0 + x1) / 2, y: y1 }));
  const scoreOf = (degrees: number): number => gathering(feet, degrees, letterHeight / 3);
  const coarse = bestOf(-mostDegrees, mostDegrees, coarseStepDegrees, scoreOf);
  const fine = bestOf(coarse - coarseStepDegrees, coarse + coarseStepDegrees, fineStepDegrees, scoreOf);
  return scoreOf(fine) >= clearGain * scoreOf(0) ? Math.round(fine / fineStepDegrees) * fineStepDegrees : 0;
}

function bestOf(from: number, to: number, step: number, scoreOf: (degrees: number) => number): number {
  let best = { degrees: 0, score: -1 };
  for (let degrees = from; degrees <= to + step / 2; degrees += step) {
    const score = scoreOf(degrees);
    if (score > best.score) best = { degrees, score };
  }
  return best.degrees;
}

/** Counts in a plain array: the feet of a page are gathered along eighty angles. */
function gathering(feet: readonly { x: number; y: number }[], degrees: number, binPixels: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  let [least, most] = [Infinity, -Infinity];
  for (const { x, y } of feet) {
    const place = y - x * slope;
    if (place < least) least = place;
    if (place > most) most = place;
  }
  const first = Math.round(least / binPixels);
  const bins = new Int32Array(Math.round(most / binPixels) - first + 1);
  let sum = 0;
  for (const { x, y } of feet) {
    const bin = Math.round((y - x * slope) / binPixels) - first;
    const count = bins[bin] as number;
    sum += 2 * count + 1;
    bins[bin] = count + 1;
  }
  return sum;
}
