import type { PageRaster } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import sharp from 'sharp';
import type { PagePicture, PictureLimits } from './hosted-reader.js';

/** Losses begin to cost words below this; a page that still does not fit is made smaller instead. */
const jpegQuality = 90;

/**
 * The raster as a picture that a provider accepts: PNG where it fits, else JPEG, else with fewer pixels.
 * @throws StageError `too-large` when no readable picture of the page fits
 */
export async function drawPicture(raster: PageRaster, limits: PictureLimits): Promise<PagePicture> {
  let size = sizeWithin(raster, limits);
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const png = await draw(raster, size, 'image/png');
    if (png.bytes.length <= limits.bytes) return png;
    const jpeg = await draw(raster, size, 'image/jpeg');
    if (jpeg.bytes.length <= limits.bytes) return jpeg;
    const scale = 0.95 * Math.sqrt(limits.bytes / jpeg.bytes.length);
    size = { width: Math.floor(size.width * scale), height: Math.floor(size.height * scale) };
    if (Math.min(size.width, size.height) < limits.leastSide) break;
  }
  throw new StageError('too-large', `The page does not fit into ${limits.bytes} bytes; send it with fewer pixels.`);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Smaller where a side or the area is too large, larger where a side is too short; the shape stays. */
function sizeWithin({ width, height }: PageRaster, { side, pixels, leastSide }: PictureLimits): Size {
  const most = Math.min(side / Math.max(width, height), Math.sqrt(pixels / (width * height)));
  const least = leastSide / Math.min(width, height);
  if (least > most) {
    throw new StageError('too-large', `The page is ${width} by ${height} pixels, too long and narrow for this engine.`);
  }
  if (least > 1) return { width: Math.ceil(width * least), height: Math.ceil(height * least) };
  return { width: Math.floor(width * Math.min(1, most)), height: Math.floor(height * Math.min(1, most)) };
}

async function draw(raster: PageRaster, size: Size, mediaType: PagePicture['mediaType']): Promise<PagePicture> {
  const { data, width, height, channels } = raster;
  const source = sharp(data, { raw: { width, height, channels } });
  const sized = size.width === width && size.height === height ? source : source.resize({ ...size, fit: 'fill' });
  const encoded = mediaType === 'image/png' ? sized.png({ compressionLevel: 6 }) : sized.jpeg({ quality: jpegQuality });
  return { bytes: await encoded.toBuffer(), mediaType, ...size };
}
