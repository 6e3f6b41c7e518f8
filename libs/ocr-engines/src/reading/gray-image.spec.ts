import { expect, it } from '@jest/globals';
import { findMarks } from './find-marks.js';
import { calmed } from './gray-image.js';

/** Grain of a scan, about as a normal distribution has it: the same in every run. */
function grainOf(deviation: number): () => number {
  let state = 7;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return () => deviation * Math.sqrt(3) * (next() + next() + next() + next() - 2);
}

it('takes the grain out of a pale page with few letters, and does not make ink of it', async () => {
  const [width, height] = [600, 800];
  const grain = grainOf(20);
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    // 48 letters of 6 by 12 pixels: less than a hundredth of the page.
    const isLetter = x % 100 >= 50 && x % 100 < 56 && y % 100 >= 50 && y % 100 < 62;
    return Math.max(0, Math.min(255, (isLetter ? 120 : 235) + grain()));
  });
  const marks = findMarks(await calmed({ data, width, height })).filter(({ y0, y1 }) => y1 - y0 >= 8);
  expect(marks).toHaveLength(48);
});
