import { StageError } from '@waybill/jobs';

/** What a BMP's headers state, checked against the file. After Microsoft's `BITMAPFILEHEADER`, `BITMAPINFOHEADER`. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly rows: 'top-down' | 'bottom-up';
  readonly bitsPerPixel: 1 | 2 | 4 | 8 | 16 | 24 | 32;
  readonly packing: 'none' | 'rle8' | 'rle4';
  /** Red, green, blue; for 16 and 32 bits a pixel. */
  readonly masks: readonly [number, number, number];
  /** Red, green, blue of each colour, for 8 bits a pixel and less. */
  readonly palette: readonly (readonly [number, number, number])[];
  /** Where the pixels begin. */
  readonly pixelsAt: number;
  readonly dpi: number | null;
}

const fileHeaderBytes = 14;
const coreHeaderBytes = 12;
const infoHeaderBytes = 40;
const inchesPerMetre = 39.3701;
const depths = [1, 2, 4, 8, 16, 24, 32] as const;
const packings: Readonly<Record<number, BmpHeader['packing']>> = {
  0: 'none',
  1: 'rle8',
  2: 'rle4',
  3: 'none',
  6: 'none',
};
const defaultMasks = { 16: [0x7c00, 0x03e0, 0x001f], 32: [0xff0000, 0xff00, 0xff] } as const;

/** @throws StageError `unreadable-document` for headers that no BMP has */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < fileHeaderBytes + coreHeaderBytes) throw damagedBmp('its header is cut short');
  const size = view.getUint32(fileHeaderBytes, true);
  const isCore = size === coreHeaderBytes;
  if ((!isCore && size < infoHeaderBytes) || bytes.length < fileHeaderBytes + size)
    throw damagedBmp('its header is cut short');
  const [width, signedHeight, planes, depth] = isCore
    ? [view.getUint16(18, true), view.getUint16(20, true), view.getUint16(22, true), view.getUint16(24, true)]
    : [view.getInt32(18, true), view.getInt32(22, true), view.getUint16(26, true), view.getUint16(28, true)];
  const bitsPerPixel = depths.find((known) => known === depth);
  const compression = isCore ? 0 : view.getUint32(30, true);
  const packing = packings[compression];
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw damagedBmp(`it states ${width} x ${height} pixels`);
  if (planes !== 1 || bitsPerPixel === undefined)
    throw damagedBmp(`it states ${depth} bits a pixel in ${planes} planes`);
  if (packing === undefined || !fits(compression, bitsPerPixel)) {
    throw damagedBmp(`it states packing ${compression} with ${depth} bits a pixel`);
  }
  const pixelsAt = view.getUint32(10, true);
  const hasMasks = compression === 3 || compression === 6;
  const colours = bitsPerPixel <= 8 ? paletteOf(view, bitsPerPixel, { isCore, at: fileHeaderBytes + size }) : [];
  if (pixelsAt < fileHeaderBytes + size || pixelsAt >= bytes.length) throw damagedBmp('its pixels are not there');
  return {
    width,
    height,
    rows: signedHeight < 0 ? 'top-down' : 'bottom-up',
    bitsPerPixel,
    packing,
    masks: hasMasks ? masksOf(view) : bitsPerPixel === 16 ? defaultMasks[16] : defaultMasks[32],
    palette: colours,
    pixelsAt,
    dpi: isCore ? null : Math.round(view.getInt32(38, true) / inchesPerMetre) || null,
  };
}

/** Run-length packings and masks belong to certain depths. */
const fits = (compression: number, depth: number): boolean =>
  compression === 0 ||
  (compression === 1 && depth === 8) ||
  (compression === 2 && depth === 4) ||
  ((compression === 3 || compression === 6) && (depth === 16 || depth === 32));

function paletteOf(
  view: DataView,
  depth: number,
  { isCore, at }: { isCore: boolean; at: number },
): BmpHeader['palette'] {
  const used = isCore ? 0 : view.getUint32(46, true);
  const count = used === 0 ? 2 ** depth : used;
  const entryBytes = isCore ? 3 : 4;
  if (count > 2 ** depth) throw damagedBmp(`it states ${count} colours at ${depth} bits a pixel`);
  if (at + count * entryBytes > view.byteLength) throw damagedBmp('its colours are cut short');
  return Array.from({ length: count }, (_, index) => {
    const entry = at + index * entryBytes;
    return [view.getUint8(entry + 2), view.getUint8(entry + 1), view.getUint8(entry)] as const;
  });
}

/** After the info header, or inside the later ones: at the same place. */
function masksOf(view: DataView): BmpHeader['masks'] {
  const at = fileHeaderBytes + infoHeaderBytes;
  if (view.byteLength < at + 12) throw damagedBmp('its colour masks are cut short');
  return [view.getUint32(at, true), view.getUint32(at + 4, true), view.getUint32(at + 8, true)];
}

export const damagedBmp = (finding: string): StageError =>
  new StageError('unreadable-document', `The BMP is damaged: ${finding}; save it anew, or send it as PNG.`);
