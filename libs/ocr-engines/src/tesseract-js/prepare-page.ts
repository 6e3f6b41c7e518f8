import type { Box } from '@waybill/contracts';
import { imageOf, pixelsOf, type GrayImage } from './gray-image.js';

/** What is done to a page before the engine sees it, in this order. */
export interface Preparation {
  readonly isInverted: boolean;
  /** Slant of the lines that is taken out, clockwise positive, in degrees. */
  readonly skewDegrees: number;
  readonly scale: number;
}

export interface PreparedPage {
  readonly image: GrayImage;
  /** From pixels of the prepared image back to pixels of the page as handed in. */
  readonly toPage: (box: Box) => Box;
}

/** Below this, turning costs sharpness and gains nothing. */
const smallestSkewDegrees = 0.25;

/** Straightens and scales a page, and remembers the way back. */
export async function preparePage(page: GrayImage, preparation: Preparation): Promise<PreparedPage> {
  const { isInverted, skewDegrees, scale } = preparation;
  let image = page;
  if (isInverted) image = await pixelsOf(imageOf(image).negate());
  if (scale !== 1) {
    const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
    image = await pixelsOf(imageOf(image).resize({ width, height, fit: 'fill' }));
  }
  const stretch = { x: image.width / page.width, y: image.height / page.height };
  const angle = Math.abs(skewDegrees) < smallestSkewDegrees ? 0 : skewDegrees;
  if (angle !== 0) image = await pixelsOf(imageOf(image).rotate(-angle, { background: '#ffffff' }));
  return { image, toPage: (box) => wayBack(box, { from: image, to: page, angle, stretch }) };
}

interface Way {
  readonly from: GrayImage;
  readonly to: GrayImage;
  readonly angle: number;
  readonly stretch: { readonly x: number; readonly y: number };
}

/** Every step keeps the centre of the image in the centre, so all of them are undone around it. */
function wayBack([x0, y0, x1, y1]: Box, { from, to, angle, stretch }: Way): Box {
  const unslanted = rotation(angle);
  const corner = (x: number, y: number): Point => {
    const [dx, dy] = unslanted([x - from.width / 2, y - from.height / 2]);
    return [dx / stretch.x + to.width / 2, dy / stretch.y + to.height / 2];
  };
  const corners = [corner(x0, y0), corner(x1, y0), corner(x0, y1), corner(x1, y1)];
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [
    Math.max(0, Math.min(...xs)),
    Math.max(0, Math.min(...ys)),
    Math.min(to.width, Math.max(...xs)),
    Math.min(to.height, Math.max(...ys)),
  ];
}

type Point = [x: number, y: number];

/** Clockwise, with y pointing down. */
function rotation(degrees: number): (point: Point) => Point {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return ([x, y]) => [x * cos - y * sin, x * sin + y * cos];
}
