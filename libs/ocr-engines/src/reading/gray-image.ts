import type { PageRaster } from '@waybill/document-layout';
import sharp, { type Sharp } from 'sharp';

/** 8-bit gray pixels, rows from the top, no padding. */
export interface GrayImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A raster in gray, by the luma weights of ITU-R BT.601. */
export function grayOf({ data, width, height, channels }: PageRaster): GrayImage {
  if (channels === 1) return { data, width, height };
  const gray = new Uint8Array(width * height);
  for (let index = 0, from = 0; index < gray.length; index += 1, from += 3) {
    gray[index] = 0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0);
  }
  return { data: gray, width, height };
}

/** The pixels as the start of a chain of image operations. */
export const imageOf = ({ data, width, height }: GrayImage): Sharp =>
  sharp(data, { raw: { width, height, channels: 1 } });

/** The end of the chain. */
export async function pixelsOf(image: Sharp): Promise<GrayImage> {
  const { data, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** In pixels: takes single pixels out and leaves strokes, at the price of very small print. */
const calmingSigma = 1.2;

/**
 * The image without its noise: blurred a little, then stretched to full contrast. The darkest pixel becomes black: print may fill less than
 * a hundredth of a page, and a darkest hundredth that is grain of the paper would be made as black as ink.
 */
export const calmed = (image: GrayImage): Promise<GrayImage> =>
  pixelsOf(imageOf(image).blur(calmingSigma).normalise({ lower: 0, upper: 99 }));
