import type { Mark } from './find-marks.js';
import type { GrayImage } from './gray-image.js';

/** Of a part of a page that is tried before the whole page is. */
const mostPartPixels = 200_000;
const partSides = 4;

/** The cell of a coarse grid, with its neighbours to the right and below, that holds most letters; small pages whole. */
export function cutOut(page: GrayImage, letters: readonly Mark[]): GrayImage {
  const { width, height } = page;
  if (width * height <= mostPartPixels) return page;
  const [cellWidth, cellHeight] = [Math.ceil(width / partSides), Math.ceil(height / partSides)];
  const counts = new Map<string, number>();
  for (const { x0, y0 } of letters) {
    const [column, row] = [Math.floor(x0 / cellWidth), Math.floor(y0 / cellHeight)];
    for (const [left, top] of [
      [column, row],
      [column - 1, row],
      [column, row - 1],
      [column - 1, row - 1],
    ] as const) {
      const isInside = left >= 0 && top >= 0 && left <= partSides - 2 && top <= partSides - 2;
      if (isInside) counts.set(`${left} ${top}`, (counts.get(`${left} ${top}`) ?? 0) + 1);
    }
  }
  const [fullest = '0 0'] = [...counts].sort((one, other) => other[1] - one[1]).map(([place]) => place);
  const [column = 0, row = 0] = fullest.split(' ').map(Number);
  const [left, top] = [column * cellWidth, row * cellHeight];
  return cropOf(page, {
    left,
    top,
    right: Math.min(width, left + 2 * cellWidth),
    bottom: Math.min(height, top + 2 * cellHeight),
  });
}

/** The part of a picture between these edges, in pixels. */
export function cropOf(
  page: GrayImage,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
): GrayImage {
  const width = right - left;
  const data = new Uint8Array(width * (bottom - top));
  for (let row = top; row < bottom; row += 1) {
    data.set(page.data.subarray(row * page.width + left, row * page.width + right), (row - top) * width);
  }
  return { data, width, height: bottom - top };
}
