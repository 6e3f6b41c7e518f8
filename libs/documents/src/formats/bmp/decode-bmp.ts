import { damagedBmp, type BmpHeader } from './bmp-header.js';
import { unpackRuns } from './unpack-runs.js';

/** The pixels of a BMP as red, green, blue, rows from the top. Its alpha, which most programs fill with nothing, is not used. */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, rows } = header;
  const stride = Math.ceil((width * header.bitsPerPixel) / 32) * 4;
  if (header.packing === 'none' && header.pixelsAt + stride * height > bytes.length)
    throw damagedBmp('it is cut short');
  const pixelAt = readerOf(bytes, header, stride);
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const stored = rows === 'top-down' ? row : height - 1 - row;
    for (let column = 0; column < width; column += 1) {
      const pixel = pixelAt(stored, column);
      const at = (row * width + column) * 3;
      rgb[at] = pixel >>> 16;
      rgb[at + 1] = (pixel >>> 8) & 0xff;
      rgb[at + 2] = pixel & 0xff;
    }
  }
  return rgb;
}

/** Gives the pixel of a stored row and column as 0xRRGGBB. */
type PixelReader = (row: number, column: number) => number;

function readerOf(bytes: Uint8Array, header: BmpHeader, stride: number): PixelReader {
  const { bitsPerPixel, pixelsAt, width } = header;
  if (header.packing !== 'none') {
    const indexes = unpackRuns(bytes, header);
    return (row, column) => colourOf(header, indexes[row * width + column] ?? 0);
  }
  if (bitsPerPixel <= 8) {
    const mask = 2 ** bitsPerPixel - 1;
    return (row, column) => {
      const bit = column * bitsPerPixel;
      const byte = bytes[pixelsAt + row * stride + (bit >> 3)] ?? 0;
      return colourOf(header, (byte >> (8 - bitsPerPixel - (bit & 7))) & mask);
    };
  }
  const step = bitsPerPixel / 8;
  const byteAt = (at: number): number => bytes[at] ?? 0;
  if (bitsPerPixel === 24) {
    return (row, column) => {
      const at = pixelsAt + row * stride + column * step;
      return (byteAt(at + 2) << 16) | (byteAt(at + 1) << 8) | byteAt(at);
    };
  }
  const [red, green, blue] = header.masks.map(channelOf) as [Channel, Channel, Channel];
  return (row, column) => {
    const at = pixelsAt + row * stride + column * step;
    const low = byteAt(at) | (byteAt(at + 1) << 8);
    const value = step === 2 ? low : (low | (byteAt(at + 2) << 16) | (byteAt(at + 3) << 24)) >>> 0;
    return (red(value) << 16) | (green(value) << 8) | blue(value);
  };
}

type Channel = (value: number) => number;

/** The bits under a mask, as 0..255. */
function channelOf(mask: number): Channel {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) / most) * 255);
}

function colourOf({ palette }: BmpHeader, index: number): number {
  const colour = palette[index];
  if (!colour) throw damagedBmp(`a pixel has colour ${index} of ${palette.length}`);
  return (colour[0] << 16) | (colour[1] << 8) | colour[2];
}
