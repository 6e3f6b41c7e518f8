import type { DecodedPage, PageRaster } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { damagedImage } from './damaged-image.js';
import { refuseManyPixels, type DocumentLimits } from './document-limits.js';
import { findPictures } from './find-pictures.js';
import { findRules } from './find-rules.js';
import { findSquares } from './find-squares.js';
import { lookOfPage } from './look-of-page.js';
import { maxRasterPixels } from './raster-limit.js';

/** Densities up to this are defaults that programs write without knowing. */
const screenDpi = 96;
/** Formats that browsers and models show as they are, up to this size. */
const displayable: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const maxDisplayedBytes = 4_000_000;
const displaySidePixels = 2_000;
const displayQuality = 82;

/**
 * Decodes one page of an image file (counted from 1): EXIF orientation applied, transparency on white, any depth and
 * colour space to 8-bit gray. A damaged or cut picture is refused, never half read.
 * @throws StageError `unreadable-page`, `too-large`
 */
export async function decodeImagePage(
  bytes: Uint8Array,
  mediaType: string,
  page: number,
  limits: DocumentLimits,
): Promise<DecodedPage> {
  const open = (): Sharp =>
    sharp(bytes, { page: page - 1, limitInputPixels: limits.maxPixels, failOn: 'error', sequentialRead: true });
  try {
    const header = await sharp(bytes, { page: page - 1, limitInputPixels: false }).metadata();
    refuseManyPixels(header.width, header.height, limits);
    const { width, height } = header.autoOrient;
    const scale = Math.min(1, Math.sqrt(maxRasterPixels / (width * height)));
    const picture = await drawn(onWhite(open(), header), {
      colours: header.channels > 2 ? 'color' : 'gray',
      ...(scale < 1 ? { width: Math.floor(width * scale) } : {}),
    });
    const dpi = header.density && header.density > screenDpi ? header.density : null;
    const ownDpi = dpi === null ? null : dpi * (picture.width / width);
    const raster: PageRaster = { ...(picture.channels === 1 ? picture : await grayOf(picture)), dpi: ownDpi };
    const rules = findRules(raster, { width, height });
    const display = isDisplayable(bytes, mediaType, header) ? 'source' : await displayOf(open());
    const look = await lookOfPage(picture);
    const squares = findSquares(raster, { width, height });
    const areas = findPictures(picture, { width, height });
    return { width, height, unit: 'px', dpi, raster, look, rules, squares, areas, display, remarks: [] };
  } catch (error) {
    if (error instanceof StageError) throw error;
    throw damagedImage('unreadable-page', error);
  }
}

/** Gray pictures with two more bands than gray (seen in TIFFs) are said to be transparent, but cannot be flattened. */
const onWhite = (image: Sharp, { hasAlpha, channels }: Metadata): Sharp =>
  hasAlpha && channels !== 3 ? image.autoOrient().flatten({ background: '#ffffff' }) : image.autoOrient();

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

const isDisplayable = (bytes: Uint8Array, mediaType: string, header: Metadata): boolean =>
  displayable.includes(mediaType) && bytes.length <= maxDisplayedBytes && (header.pages ?? 1) === 1;

async function displayOf(image: Sharp): Promise<DecodedPage['display']> {
  const side = { width: displaySidePixels, height: displaySidePixels };
  const bytes = await image
    .resize({ ...side, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: displayQuality })
    .toBuffer();
  return { bytes: detached(bytes), mediaType: 'image/jpeg' };
}

function firstChannel(data: Uint8Array, channels: number): Uint8Array {
  const gray = new Uint8Array(data.length / channels);
  for (let index = 0; index < gray.length; index += 1) gray[index] = data[index * channels] ?? 0;
  return gray;
}

/** A copy with a buffer of its own, which can move to another thread. */
export const detached = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);
