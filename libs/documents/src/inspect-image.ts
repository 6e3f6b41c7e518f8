import sharp from 'sharp';
import { damagedImage } from './damaged-image.js';
import { refuseManyPages, refuseManyPixels, type DocumentLimits } from './document-limits.js';
import type { DocumentMediaType } from './sniff-media-type.js';

/**
 * Pages of an image file, from its headers only. Each page of a TIFF is a page; of an animation, the first frame is.
 * @throws StageError `unreadable-document`, `too-large`, `too-many-pages`
 */
export async function inspectImage(
  bytes: Uint8Array,
  mediaType: DocumentMediaType,
  limits: DocumentLimits,
): Promise<number> {
  // The limit is checked here, with our sentence, so libvips' own one is off for reading the header.
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw damagedImage('unreadable-document', error);
    });
  refuseManyPixels(header.width, header.height, limits);
  if (mediaType === 'image/gif') refuseManyPixels(...gifScreenOf(bytes), limits);
  const pages = mediaType === 'image/tiff' ? (header.pages ?? 1) : 1;
  refuseManyPages(pages, limits);
  return pages;
}

/** A GIF's logical screen (width and height at offsets 6 and 8), which its frames need not fill. */
function gifScreenOf(bytes: Uint8Array): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint16(6, true), view.getUint16(8, true)];
}
