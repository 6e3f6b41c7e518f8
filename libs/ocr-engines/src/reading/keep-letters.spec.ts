import { expect, it } from '@jest/globals';
import type { Mark } from './find-marks.js';
import { keepLetters } from './keep-letters.js';

const [width, height] = [60, 40];
const letter: Mark = { x0: 10, y0: 10, x1: 16, y1: 20, pixels: 60 };
const axis: Mark = { x0: 5, y0: 30, x1: 55, y1: 32, pixels: 100 };

/** A letter, an axis and a speck on paper of one shade. */
function chart(paper: number, ink: number) {
  const data = new Uint8Array(width * height).fill(paper);
  for (const { x0, y0, x1, y1 } of [letter, axis, { x0: 40, y0: 5, x1: 42, y1: 7 }]) {
    for (let y = y0; y < y1; y += 1) data.fill(ink, y * width + x0, y * width + x1);
  }
  return { data, width, height };
}

it.each([
  ['dark on light', 255, 0, false],
  ['light on dark', 0, 255, true],
])('keeps letters %s and nothing else', (_how, paper, ink, isInverted) => {
  const kept = keepLetters(chart(paper, ink), { letters: [letter, axis], letterHeight: 10, isInverted });
  const inked = [...kept.data.entries()].filter(([, value]) => value === ink).map(([at]) => at);
  expect(inked).toHaveLength(60);
  expect(inked.every((at) => at % width >= 10 && at % width < 16)).toBe(true);
});

it('keeps letters at the edge', () => {
  const edge: Mark = { x0: 0, y0: 0, x1: 6, y1: 10, pixels: 60 };
  const page = { data: new Uint8Array(60).fill(7), width: 6, height: 10 };
  expect(keepLetters(page, { letters: [edge], letterHeight: 10, isInverted: false }).data).toEqual(page.data);
});
