import sharp, { type Metadata } from 'sharp';
import { refuseManyPages, refuseManyPixels, type DocumentLimits } from '../../document-limits.js';
import type { FirstLook, PagedFormat, PageRequest } from '../document-format.js';
import { damagedImage } from './damaged-image.js';
import { decodePicture } from './decode-picture.js';

/** A picture format that libvips, inside sharp, decodes. */
export interface SharpPicture {
  readonly name: string;
  readonly mediaType: string;
  readonly endings: readonly string[];
  /** By default, by the signature that stands for the media type. */
  isIn?(look: FirstLook): boolean;
  /** `pages`: each picture in the file is a page; `frames`: the first one is the page. */
  readonly holds: 'pages' | 'frames';
  /** Browsers and models show it as it is. */
  readonly isDisplayable: boolean;
  /** The first picture's size as a plain header states it, without a decoder; undefined where it takes one to know. */
  sizeOf?(bytes: Uint8Array): readonly [width: number, height: number] | undefined;
  /** The size of the canvas, where the header states one that the first picture need not fill. */
  canvasOf?(bytes: Uint8Array): readonly [width: number, height: number];
}

const maxDisplayedBytes = 4_000_000;

export function sharpPicture(picture: SharpPicture): PagedFormat {
  const { name, mediaType, endings } = picture;
  return {
    kind: 'paged',
    ...{ name, mediaType, endings },
    toldBy: 'signature',
    countedIn: 'caller',
    isIn: picture.isIn?.bind(picture) ?? (({ signature }) => signature === mediaType),
    countPages: (bytes, { limits }) => countPages(picture, bytes, limits),
    decodePage: (request) => decodePage(picture, request),
  };
}

async function countPages({ holds, canvasOf, sizeOf }: SharpPicture, bytes: Uint8Array, limits: DocumentLimits) {
  const stated = sizeOf?.(bytes);
  if (stated) {
    // Decoding looks at the header again, and refuses one that lies.
    refuseManyPixels(...stated, limits);
    return 1;
  }
  const header = await headerOf(bytes, 0).catch((error: unknown) => {
    throw damagedImage('unreadable-document', error);
  });
  refuseManyPixels(header.width, header.height, limits);
  if (canvasOf) refuseManyPixels(...canvasOf(bytes), limits);
  const pages = holds === 'pages' ? (header.pages ?? 1) : 1;
  refuseManyPages(pages, limits);
  return pages;
}

async function decodePage({ name, holds, isDisplayable }: SharpPicture, request: PageRequest) {
  const { page, limits } = request;
  // Decoders written in C do not take shared memory.
  const bytes = Uint8Array.from(request.bytes);
  const header = await headerOf(bytes, page - 1).catch((error: unknown) => {
    throw damagedImage('unreadable-page', error);
  });
  refuseManyPixels(header.width, header.height, limits);
  const pictures = header.pages ?? 1;
  const isFirstOfMany = holds === 'frames' && pictures > 1;
  return decodePicture({
    open: () =>
      sharp(bytes, { page: page - 1, limitInputPixels: limits.maxPixels, failOn: 'error', sequentialRead: true }),
    header,
    shownAs: isDisplayable && bytes.length <= maxDisplayedBytes && pictures === 1 ? 'source' : 'drawing',
    remarks: isFirstOfMany ? [`The ${name} holds ${pictures} pictures; the first one was read.`] : [],
  });
}

/** The limit is checked here, with our sentence, so libvips’ own one is off for reading the header. */
const headerOf = (bytes: Uint8Array, page: number): Promise<Metadata> =>
  sharp(bytes, { page, limitInputPixels: false }).metadata();
