import type { PixelSize } from '@waybill/llm-routing';

/** Bytes of a picture from a place on; fewer, or none, where it ends. */
export type PictureBytes = (offset: number, length: number) => Buffer;

/** What the first bytes of a picture say of it. */
export interface PictureHeader extends PixelSize {
  readonly mediaType: string;
  /** One that moves is more than its first picture, and is never written anew. */
  readonly mayMove: boolean;
  /** All of its pixels have to be in memory before the first of them is known: it comes in passes over the whole. */
  readonly isInPasses: boolean;
}

/** Pixels and form of a PNG, JPEG, WebP or GIF, from its header alone; undefined for what is none, or is damaged there. */
export function readPictureHeader(read: PictureBytes): PictureHeader | undefined {
  const head = read(0, headBytes);
  const size = sizeIn(head, read);
  return size && size.widthPx > 0 && size.heightPx > 0 ? size : undefined;
}

const headBytes = 48;

function sizeIn(head: Buffer, read: PictureBytes): PictureHeader | undefined {
  const text = head.toString('latin1');
  if (head.length < headBytes) return undefined;
  if (text.startsWith('\x89PNG\r\n\x1a\n') && text.startsWith('IHDR', 12)) {
    // The chunk that makes one move stands before its pixels, and nearly always right behind the header.
    const mayMove = text.startsWith('acTL', 37);
    const [widthPx, heightPx] = [head.readUInt32BE(16), head.readUInt32BE(20)];
    return { mediaType: 'image/png', widthPx, heightPx, mayMove, isInPasses: head.readUInt8(28) !== 0 };
  }
  if (text.startsWith('GIF8')) {
    const [widthPx, heightPx] = [head.readUInt16LE(6), head.readUInt16LE(8)];
    return { mediaType: 'image/gif', widthPx, heightPx, mayMove: true, isInPasses: false };
  }
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return webpSize(head, text);
  return text.startsWith('\xff\xd8\xff') ? jpegSize(read) : undefined;
}

/** Source: RFC 9649, sections 2.5 to 2.7. */
function webpSize(head: Buffer, text: string): PictureHeader | undefined {
  const still = { mediaType: 'image/webp', mayMove: false, isInPasses: true };
  switch (text.slice(12, 16)) {
    case 'VP8 ':
      return { ...still, widthPx: head.readUInt16LE(26) & 0x3fff, heightPx: head.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { ...still, widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X': {
      const mayMove = (head.readUInt8(20) & 0x02) !== 0;
      return { ...still, mayMove, widthPx: head.readUIntLE(24, 3) + 1, heightPx: head.readUIntLE(27, 3) + 1 };
    }
    default:
      return undefined;
  }
}

/** More than a camera writes before its picture, and few enough that no header takes long. */
const mostSegments = 64;

/** Goes from segment to segment up to the frame's header. Source: ITU-T T.81, B.1 and B.2.2. */
function jpegSize(read: PictureBytes): PictureHeader | undefined {
  let at = 2;
  for (let segment = 0; segment < mostSegments; segment += 1) {
    const bytes = read(at, 9);
    if (bytes.length < 9 || bytes[0] !== 0xff) return undefined;
    const marker = bytes[1] ?? 0;
    // A marker may be preceded by any number of these.
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) {
      const [heightPx, widthPx] = [bytes.readUInt16BE(5), bytes.readUInt16BE(7)];
      return { mediaType: 'image/jpeg', widthPx, heightPx, mayMove: false, isInPasses: marker > lastSequential };
    } else at += 2 + bytes.readUInt16BE(2);
  }
  return undefined;
}

/** Frames above it are progressive, lossless or hierarchical. */
const lastSequential = 0xc1;

/** SOF0 to SOF15, among which stand DHT, JPG and DAC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
