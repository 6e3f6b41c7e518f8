import type { Box } from '@waybill/contracts';
import sharp from 'sharp';
import { damagedImage } from './formats/pictures/damaged-image.js';

/** What of a page's stored picture is wanted. */
export interface PictureWish {
  /** Part of the page as displayed; the whole when absent. */
  readonly region?: Box;
  /** Longest side, in pixels; pictures are never made larger. */
  readonly edgePx: number;
  /** Parts of the page as displayed that nobody is to see; solid black in what is given out. */
  readonly cover?: readonly Box[];
}

export interface ScaledPicture {
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

const quality = 80;

/** A page's picture, upright, cut and shrunk, as JPEG. @throws StageError `unreadable-page` for damaged bytes. */
export async function scalePicture(
  bytes: Uint8Array,
  { region, edgePx, cover = [] }: PictureWish,
): Promise<ScaledPicture> {
  try {
    const upright = sharp(bytes).autoOrient().flatten({ background: '#ffffff' });
    const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    for (const box of cover) blacken(data, { width, height, channels }, box);
    const image = sharp(data, { raw: { width, height, channels } });
    const part = region ? image.extract(pixelsOf(region, width, height)) : image;
    const size = { width: edgePx, height: edgePx, fit: 'inside', withoutEnlargement: true } as const;
    const { data: jpeg, info: made } = await part.resize(size).jpeg({ quality }).toBuffer({ resolveWithObject: true });
    return { bytes: jpeg, widthPx: made.width, heightPx: made.height };
  } catch (error) {
    throw damagedImage('unreadable-page', error);
  }
}

/** Boxes hug their letters; what sticks out of them must not be legible. A part of a letter's height. */
const marginOfHeight = 0.12;
/** From there on the shorter side is the height of the letters, also where the page lies on its side. */
const wordAspect = 2;

function blacken(
  data: Buffer,
  { width, height, channels }: { width: number; height: number; channels: number },
  [x0, y0, x1, y1]: Box,
): void {
  const sides = [(x1 - x0) * width, (y1 - y0) * height];
  const [short, long] = [Math.min(...sides), Math.max(...sides)];
  const marginPx = (long > wordAspect * short ? short : long) * marginOfHeight + 1;
  const [marginX, marginY] = [marginPx / width, marginPx / height];
  const part = pixelsOf([x0 - marginX, y0 - marginY, x1 + marginX, y1 + marginY], width, height);
  for (let y = part.top; y < part.top + part.height; y += 1) {
    data.fill(0, (y * width + part.left) * channels, (y * width + part.left + part.width) * channels);
  }
}

function pixelsOf([x0, y0, x1, y1]: Box, width: number, height: number) {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x0 * width)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y0 * height)));
  return {
    ...{ left, top },
    width: Math.max(1, Math.min(width - left, Math.ceil((x1 - x0) * width))),
    height: Math.max(1, Math.min(height - top, Math.ceil((y1 - y0) * height))),
  };
}
