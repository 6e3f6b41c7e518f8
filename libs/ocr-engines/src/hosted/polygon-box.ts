import type { Box } from '@waybill/contracts';
import type { Point } from './hosted-reader.js';

/** The upright box around corners; undefined without any. */
export function polygonBox(corners: readonly Point[]): Box | undefined {
  if (corners.length === 0) return undefined;
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The upper edge of a word from its corners, which begin at its own top left and go clockwise. */
export function topEdgeOf(corners: readonly Point[]): readonly [Point, Point] | undefined {
  const [from, to] = corners;
  return corners.length === 4 && from && to ? [from, to] : undefined;
}

/** The box around boxes; undefined without any. */
export const boxAround = (boxes: readonly Box[]): Box | undefined =>
  polygonBox(
    boxes.flatMap(([x0, y0, x1, y1]): Point[] => [
      [x0, y0],
      [x1, y1],
    ]),
  );
