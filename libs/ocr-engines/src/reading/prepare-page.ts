import type { Box } from '@waybill/contracts';
import { enlargeImage } from './enlarge-image.js';
import { imageOf, pixelsOf, type GrayImage } from './gray-image.js';
import { narrowImage } from './narrow-image.js';
import { straightenImage } from './straighten-image.js';

/** What is done to a page before the engine sees it, in this order. */
export interface Preparation {
  readonly isInverted: boolean;
  /** Slant of the lines that is taken out, clockwise positive, in degrees. */
  readonly skewDegrees: number;
  readonly scale: number;
  /** Width by height of what was a square, 1 or less. */
  readonly narrowing: number;
}

export interface PreparedPage {
  readonly image: GrayImage;
  /** From pixels of the prepared image back to pixels of the page as handed in. */
  readonly toPage: (box: Box) => Box;
  /** Height of the picture by height of the page, before it was straightened. */
  readonly scale: number;
  /** The other way. */
  readonly fromPage: (box: Box) => Box;
}

/** Below this, turning costs sharpness and gains nothing. */
const smallestSkewDegrees = 0.25;

/** Straightens and scales a page, and remembers the way back. */
export async function preparePage(page: GrayImage, preparation: Preparation): Promise<PreparedPage> {
  const { isInverted, skewDegrees, scale, narrowing } = preparation;
  let image = page;
  if (isInverted) image = await pixelsOf(imageOf(image).negate());
  if (scale !== 1 || narrowing !== 1) {
    const sideOf = (side: number): number => Math.max(1, Math.round(side));
    const to = { width: sideOf(image.width * scale * narrowing), height: sideOf(image.height * scale) };
    image = await scaled(image, to);
  }
  const stretch = { x: image.width / page.width, y: image.height / page.height };
  const angle = Math.abs(skewDegrees) < smallestSkewDegrees ? 0 : skewDegrees;
  if (angle !== 0) image = await straightened(image, angle, scale);
  const way = { from: image, to: page, angle, stretch };
  return { image, scale, toPage: (box) => wayBack(box, way), fromPage: (box) => wayThere(box, way) };
}

/** Enlarged letters stay themselves when each pixel is the nearest one; those of receipts lose .002 of F1, so they are smoothed. */
const straightened = (image: GrayImage, angle: number, scale: number): Promise<GrayImage> | GrayImage =>
  scale > 1 ? straightenImage(image, angle) : pixelsOf(imageOf(image).rotate(-angle, { background: '#ffffff' }));

/** Averaging what is made smaller both ways is left to the library. */
function scaled(image: GrayImage, to: { width: number; height: number }): Promise<GrayImage> | GrayImage {
  if (to.width >= image.width && to.height >= image.height) return enlargeImage(image, to);
  if (to.height === image.height) return narrowImage(image, to.width);
  return pixelsOf(imageOf(image).resize({ ...to, fit: 'fill' }));
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
  return around([corner(x0, y0), corner(x1, y0), corner(x0, y1), corner(x1, y1)], to);
}

/** A slanted line becomes a level one: its ends are what counts, and its height stays. */
function wayThere([x0, y0, x1, y1]: Box, { from, to, angle, stretch }: Way): Box {
  const slanted = rotation(-angle);
  const middle = (y0 + y1) / 2;
  const end = (x: number): Point => {
    const [dx, dy] = slanted([(x - to.width / 2) * stretch.x, (middle - to.height / 2) * stretch.y]);
    return [dx + from.width / 2, dy + from.height / 2];
  };
  const half = ((y1 - y0) / 2) * stretch.y;
  const ends = [end(x0), end(x1)].flatMap(([x, y]): Point[] => [
    [x, y - half],
    [x, y + half],
  ]);
  return around(ends, from);
}

function around(points: readonly Point[], { width, height }: GrayImage): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [
    Math.max(0, Math.min(...xs)),
    Math.max(0, Math.min(...ys)),
    Math.min(width, Math.max(...xs)),
    Math.min(height, Math.max(...ys)),
  ];
}

type Point = [x: number, y: number];

/** Clockwise, with y pointing down. */
function rotation(degrees: number): (point: Point) => Point {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return ([x, y]) => [x * cos - y * sin, x * sin + y * cos];
}
