import sharp from 'sharp';
import { refuseManyPixels } from '../document-limits.js';
import { readBmpHeader } from './bmp/bmp-header.js';
import { decodeBmp } from './bmp/decode-bmp.js';
import type { PagedFormat } from './document-format.js';
import { decodePicture } from './pictures/decode-picture.js';

export const bmp: PagedFormat = {
  kind: 'paged',
  name: 'BMP',
  mediaType: 'image/bmp',
  endings: ['bmp'],
  toldBy: 'signature',
  countedIn: 'caller',
  isIn: ({ signature }) => signature === 'image/bmp',
  countPages(bytes, { limits }) {
    const { width, height } = readBmpHeader(bytes);
    refuseManyPixels(width, height, limits);
    return 1;
  },
  async decodePage({ bytes, limits }) {
    const header = readBmpHeader(bytes);
    const { width, height, dpi } = header;
    refuseManyPixels(width, height, limits);
    const pixels = decodeBmp(bytes, header);
    const autoOrient = { width, height };
    return decodePicture({
      open: () => sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: limits.maxPixels }),
      header: { width, height, hasAlpha: false, channels: 3, autoOrient, ...(dpi === null ? {} : { density: dpi }) },
      shownAs: 'drawing',
      remarks: [],
    });
  },
};
