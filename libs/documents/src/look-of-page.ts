import type { PageRaster } from '@waybill/document-layout';
import sharp from 'sharp';

/** Letters of a printed page are still told from dust at this size; more pixels cost time and tell no more. */
const maxLookPixels = 220_000;

/** A small copy of a page's picture, for telling at a glance what kind of page it is. It has the picture's channels. */
export async function lookOfPage({ data, width, height, channels, dpi }: PageRaster): Promise<PageRaster> {
  const scale = Math.sqrt(maxLookPixels / (width * height));
  if (scale >= 1) return { data: new Uint8Array(data), width, height, channels, dpi };
  const size = { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
  const reduced = sharp(data, { raw: { width, height, channels } }).resize({ ...size, fit: 'fill', kernel: 'linear' });
  const pixels = await (channels === 1 ? reduced.toColourspace('b-w') : reduced).raw().toBuffer();
  return { data: new Uint8Array(pixels), ...size, channels, dpi: dpi === null ? null : dpi * (size.width / width) };
}
