import type { DecodedPage, PageRaster } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import sharp, { type Sharp } from 'sharp';
import { findPictures } from '../../find-pictures.js';
import { findRules } from '../../find-rules.js';
import { findSquares } from '../../find-squares.js';
import { lookOfPage } from '../../look-of-page.js';
import { maxRasterPixels } from '../../raster-limit.js';
import { damagedImage } from './damaged-image.js';
import type { PictureSource } from './picture-source.js';

/** Densities up to this are defaults that programs write without knowing. */
const screenDpi = 96;
/** Engines take no longer sides; a receipt as tall as this was joined from many pictures. */
const maxRasterSide = 32_000;
/** A picture for people and models: of this area, so that tall receipts stay readable, with sides that JPEG takes. */
const displayPixels = 4_000_000;
const displaySidePixels = 16_000;
const displayQuality = 82;

/**
 * Decodes a picture as a page: EXIF orientation applied, transparency on white, any depth and colour space to 8-bit gray.
 * A damaged or cut picture is refused, never half read.
 * @throws StageError `unreadable-page`
 */
export async function decodePicture(source: PictureSource): Promise<DecodedPage> {
  try {
    const { autoOrient, density } = source.header;
    const pagePixels = source.pagePixels ?? 1;
    const { width, height } = autoOrient;
    const scale = shrink(width, height, { pixels: maxRasterPixels, side: maxRasterSide });
    const narrowed = scale < 1 ? Math.max(1, Math.floor(width * scale)) : undefined;
    const picture = await drawn(onWhite(source), {
      colours: source.header.channels > 2 ? 'color' : 'gray',
      ...(narrowed === undefined ? {} : { width: narrowed }),
    });
    const dpi = density && density > screenDpi ? density : null;
    const ownDpi = dpi === null ? null : dpi * (picture.width / width);
    const raster: PageRaster = { ...(picture.channels === 1 ? picture : await grayOf(picture)), dpi: ownDpi };
    const page = { width: width * pagePixels, height: height * pagePixels };
    return {
      ...page,
      unit: 'px',
      dpi,
      raster,
      look: await lookOfPage(picture),
      rules: findRules(raster, page),
      squares: findSquares(raster, page),
      areas: findPictures(picture, page),
      display: source.shownAs === 'source' ? 'source' : await displayOf(source),
      remarks: [...source.remarks],
    };
  } catch (error) {
    if (error instanceof StageError) throw error;
    throw damagedImage('unreadable-page', error);
  }
}

/** Gray pictures with two more bands than gray (seen in TIFFs) are said to be transparent, but cannot be flattened. */
function onWhite({ open, header }: PictureSource): Sharp {
  const upright = open().autoOrient();
  return header.hasAlpha && header.channels !== 3 ? upright.flatten({ background: '#ffffff' }) : upright;
}

/** Pixels in red, green and blue, or in gray where the picture has no colours; narrowed to `width` if given. */
async function drawn(
  image: Sharp,
  { colours, width }: { readonly colours: 'color' | 'gray'; readonly width?: number },
): Promise<PageRaster> {
  const sized = width === undefined ? image : image.resize({ width });
  const coloured =
    colours === 'gray' ? sized.grayscale().toColourspace('b-w') : sized.removeAlpha().toColourspace('srgb');
  const { data, info } = await coloured.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height, dpi: null };
  if (colours === 'color' && info.channels === 3) return { ...size, data, channels: 3 };
  return { ...size, data: info.channels === 1 ? data : firstChannel(data, info.channels), channels: 1 };
}

/** Decoded once, a picture in colour is brought down to gray from its pixels. */
async function grayOf({ data, width, height, channels }: PageRaster): Promise<PageRaster> {
  const image = sharp(data, { raw: { width, height, channels } }).grayscale().toColourspace('b-w');
  return { data: await image.raw().toBuffer(), width, height, channels: 1, dpi: null };
}

const shrink = (width: number, height: number, most: { pixels: number; side: number }): number =>
  Math.min(1, Math.sqrt(most.pixels / (width * height)), most.side / Math.max(width, height));

async function displayOf(source: PictureSource): Promise<DecodedPage['display']> {
  const { width, height } = source.header.autoOrient;
  const scale = shrink(width, height, { pixels: displayPixels, side: displaySidePixels });
  const bytes = await onWhite(source)
    .resize({ width: Math.max(1, Math.round(width * scale)) })
    .jpeg({ quality: displayQuality })
    .toBuffer();
  return { bytes: detached(bytes), mediaType: 'image/jpeg' };
}

function firstChannel(data: Uint8Array, channels: number): Uint8Array {
  const first = new Uint8Array(data.length / channels);
  for (let index = 0; index < first.length; index += 1) first[index] = data[index * channels] ?? 0;
  return first;
}

/** A copy with a buffer of its own, which can move to another thread. */
export const detached = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);
