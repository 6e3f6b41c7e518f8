import sharp, { type Metadata } from 'sharp';
import { refuseManyPixels, type DocumentLimits } from '../document-limits.js';
import type { PagedFormat } from './document-format.js';
import { damagedImage } from './pictures/damaged-image.js';
import { decodePicture } from './pictures/decode-picture.js';
import { sanitiseSvg } from './svg/sanitise-svg.js';
import { encodingOf } from './text/decode-text.js';

/** CSS pixels an inch, at which libvips gives an SVG its own size. */
const ownDensity = 72;
/** Small drawings are drawn larger, so that their letters can be read: up to this side, and this many times. */
const readableSide = 2_400;
const mostTimes = 4;
/** What may stand before the root: declaration, comments, document type. */
const root = /^(\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(\[[\s\S]*?\]\s*)?>)*<(\w+:)?svg[\s/>]/i;

export const svg: PagedFormat = {
  kind: 'paged',
  name: 'SVG',
  mediaType: 'image/svg+xml',
  endings: ['svg'],
  toldBy: 'signature',
  countedIn: 'thread',
  isIn: ({ bytes, head, signature }) =>
    signature === 'image/svg+xml' ||
    ((signature === undefined || signature === 'application/xml') && root.test(headText(bytes, head))),
  async countPages(bytes, { limits }) {
    await open(bytes, limits);
    return 1;
  },
  async decodePage({ bytes, limits }) {
    const { safe, header } = await open(bytes, limits);
    const times = Math.max(1, Math.min(mostTimes, readableSide / Math.max(header.width, header.height)));
    const drawn = {
      width: Math.max(1, Math.round(header.width * times)),
      height: Math.max(1, Math.round(header.height * times)),
    };
    refuseManyPixels(drawn.width, drawn.height, limits);
    return decodePicture({
      open: () => sharp(safe, { density: ownDensity * times, limitInputPixels: limits.maxPixels, failOn: 'error' }),
      header: { ...drawn, hasAlpha: true, channels: 4, autoOrient: drawn },
      shownAs: 'drawing',
      remarks: ['The drawing was read without scripts, animation and anything outside of it.'],
      pagePixels: header.width / drawn.width,
    });
  },
};

async function open(bytes: Uint8Array, limits: DocumentLimits): Promise<{ safe: Buffer; header: Metadata }> {
  const { svg: text, pictures } = sanitiseSvg(bytes);
  const safe = Buffer.from(text);
  const header = await headerOf(safe);
  refuseManyPixels(header.width, header.height, limits);
  for (const picture of pictures) {
    const { width, height } = await headerOf(picture);
    refuseManyPixels(width, height, limits);
  }
  return { safe, header };
}

const headerOf = (bytes: Uint8Array): Promise<Metadata> =>
  sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw damagedImage('unreadable-document', error);
    });

function headText(bytes: Uint8Array, head: string): string {
  const encoding = encodingOf(bytes.subarray(0, 4_096));
  const text = encoding?.startsWith('utf-16')
    ? new TextDecoder(encoding).decode(Uint8Array.from(bytes.subarray(0, 4_096)))
    : head;
  return text.replace(/^(\ufeff|ï»¿)/, '');
}
