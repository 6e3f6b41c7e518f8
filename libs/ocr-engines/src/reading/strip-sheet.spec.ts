import { expect, it } from '@jest/globals';
import { findMarks } from './find-marks.js';
import type { GrayImage } from './gray-image.js';
import { setStrips } from './strip-sheet.js';

/** A black block of 30 by 10 pixels on white, lying or standing, with its upper left corner at the place. */
function pictureWith(blocks: readonly { x: number; y: number; width: number; height: number }[]): GrayImage {
  const [width, height] = [400, 300];
  const data = new Uint8Array(width * height).fill(255);
  for (const block of blocks) {
    for (let row = block.y; row < block.y + block.height; row += 1) {
      data.fill(0, row * width + block.x, row * width + block.x + block.width);
    }
  }
  return { data, width, height };
}

it('sets strips below one another, those that run upwards level, and finds every way back', async () => {
  const picture = pictureWith([
    { x: 100, y: 40, width: 30, height: 10 },
    { x: 20, y: 150, width: 10, height: 30 },
  ]);
  const sheet = await setStrips(
    picture,
    [
      { box: [100, 40, 130, 50], letters: 3, direction: 'across' },
      { box: [20, 150, 30, 180], letters: 3, direction: 'up' },
    ],
    20,
  );
  const marks = findMarks(sheet.image);
  expect(marks.map(({ x0, x1, y0, y1 }) => [x1 - x0, y1 - y0])).toEqual([
    [30, 10],
    [30, 10],
  ]);
  const back = marks.map(
    ({ x0, y0, x1, y1 }) => sheet.toPicture({ text: 'x', box: [x0, y0, x1, y1], confidence: 1 })?.box,
  );
  expect(back).toEqual([
    [100, 40, 130, 50],
    [20, 150, 30, 180],
  ]);
});

it('knows nothing of words between the strips', async () => {
  const sheet = await setStrips(pictureWith([]), [{ box: [100, 40, 130, 50], letters: 3, direction: 'across' }], 20);
  expect(sheet.toPicture({ text: 'ghost', box: [0, 0, 10, 4], confidence: 1 })).toBeUndefined();
});
