import sharp, { type Metadata } from 'sharp';
import { refuseManyPixels } from '../document-limits.js';
import type { PagedFormat } from './document-format.js';
import { decodeHeic, refuseWithoutDecoder } from './heic/heic-decoder.js';
import { damagedImage } from './pictures/damaged-image.js';
import { decodePicture } from './pictures/decode-picture.js';

const signatures: readonly string[] = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'];

/** What iPhones write. libvips reads the header, but only the optional decoder reads the pixels. */
export const heic: PagedFormat = {
  kind: 'paged',
  name: 'HEIC',
  mediaType: 'image/heic',
  endings: ['heic', 'heif'],
  toldBy: 'signature',
  countedIn: 'caller',
  isIn: ({ signature }) => signature !== undefined && signatures.includes(signature),
  async countPages(bytes, { limits }) {
    const { width, height } = await headerOf(bytes);
    refuseManyPixels(width, height, limits);
    refuseWithoutDecoder();
    return 1;
  },
  async decodePage({ bytes: shared, limits }) {
    // Decoders written in C do not take shared memory.
    const bytes = Uint8Array.from(shared);
    const stated = await headerOf(bytes);
    refuseManyPixels(stated.width, stated.height, limits);
    const pictures = stated.pages ?? 1;
    const remarks = pictures > 1 ? [`The HEIC holds ${pictures} pictures; the first one was read.`] : [];
    const shown = { shownAs: 'drawing', remarks } as const;
    refuseWithoutDecoder();
    const { data, width, height } = await decodeHeic(bytes).catch((error: unknown) => {
      throw damagedImage('unreadable-page', error);
    });
    return decodePicture({
      open: () => sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: limits.maxPixels }),
      header: { width, height, hasAlpha: true, channels: 4, autoOrient: { width, height } },
      ...shown,
    });
  },
};

const headerOf = (bytes: Uint8Array): Promise<Metadata> =>
  sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw damagedImage('unreadable-document', error);
    });
