import type { Box } from '@waybill/contracts';
import sharp, { type Sharp } from 'sharp';
import type { GrayImage } from './gray-image.js';

export type Turn = 0 | 90 | 180 | 270;

/** What is done to a page before the engine sees it, in this order. */
export interface Preparation {
  readonly isInverted: boolean;
  /** Clockwise. */
  readonly turn: Turn;
  /** Slant of the lines that is taken out, clockwise positive, in degrees. */
  readonly skewDegrees: number;
  readonly scale: number;
  /** Blur and stretch: takes out noise, at the price of small print. */
  readonly denoise: 'no' | 'yes';
}

export interface PreparedPage {
  readonly image: GrayImage;
  /** From pixels of the prepared image back to pixels of the page as handed in. */
  readonly toPage: (box: Box) => Box;
}

/** Below this, turning costs sharpness and gains nothing. */
const smallestSkewDegrees = 0.25;
/** In pixels of the prepared image. */
const denoiseSigma = 1.2;

/** Turns, straightens and scales a page, and remembers the way back. */
export async function preparePage(page: GrayImage, preparation: Preparation): Promise<PreparedPage> {
  const { isInverted, turn, skewDegrees, scale, denoise } = preparation;
  let image = page;
  if (isInverted || turn !== 0) image = await done(turned(open(image), turn, isInverted));
  const upright = image;
  if (scale !== 1) {
    const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
    image = await done(open(image).resize({ width, height, fit: 'fill' }));
  }
  const stretch = { x: image.width / upright.width, y: image.height / upright.height };
  const angle = Math.abs(skewDegrees) < smallestSkewDegrees ? 0 : skewDegrees;
  if (angle !== 0) image = await done(open(image).rotate(-angle, { background: '#ffffff' }));
  if (denoise === 'yes') image = await done(open(image).blur(denoiseSigma).normalise());
  return { image, toPage: (box) => wayBack(box, { from: image, to: page, angle, stretch, turn }) };
}

const open = ({ data, width, height }: GrayImage): Sharp => sharp(data, { raw: { width, height, channels: 1 } });

function turned(image: Sharp, turn: Turn, isInverted: boolean): Sharp {
  const upright = turn === 0 ? image : image.rotate(turn);
  return isInverted ? upright.negate() : upright;
}

async function done(image: Sharp): Promise<GrayImage> {
  const { data, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

interface Way {
  readonly from: GrayImage;
  readonly to: GrayImage;
  readonly angle: number;
  readonly stretch: { readonly x: number; readonly y: number };
  readonly turn: Turn;
}

/** Every step keeps the centre of the image in the centre, so all of them are undone around it. */
function wayBack([x0, y0, x1, y1]: Box, { from, to, angle, stretch, turn }: Way): Box {
  const [unslanted, unturned] = [rotation(angle), rotation(-turn)];
  const corner = (x: number, y: number): Point => {
    const slanted = unslanted([x - from.width / 2, y - from.height / 2]);
    const [dx, dy] = unturned([slanted[0] / stretch.x, slanted[1] / stretch.y]);
    return [dx + to.width / 2, dy + to.height / 2];
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
