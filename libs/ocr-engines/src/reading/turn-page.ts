import type { Box } from '@waybill/contracts';
import { imageOf, pixelsOf, type GrayImage } from './gray-image.js';

/** Clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/** The page turned clockwise. */
export const turnPage = (page: GrayImage, turn: Turn): Promise<GrayImage> | GrayImage =>
  turn === 0 ? page : pixelsOf(imageOf(page).rotate(turn));

type Sides = Pick<GrayImage, 'width' | 'height'>;

/** A box on the turned page, back on the page (whose size is given) before the turn. */
export function boxBeforeTurn([x0, y0, x1, y1]: Box, turn: Turn, { width, height }: Sides): Box {
  switch (turn) {
    case 0:
      return [x0, y0, x1, y1];
    case 90:
      return [y0, height - x1, y1, height - x0];
    case 180:
      return [width - x1, height - y1, width - x0, height - y0];
    case 270:
      return [width - y1, x0, width - y0, x1];
  }
}
