/** What is drawn into a BMP: packed pixels as they are stored, rows from the bottom unless the height is negative. */
export interface BmpDrawing {
  readonly width: number;
  readonly height: number;
  readonly bitsPerPixel: number;
  readonly compression?: number;
  readonly palette?: readonly (readonly [red: number, green: number, blue: number])[];
  readonly masks?: readonly number[];
  readonly pixels: readonly number[];
}

/** A BMP with the usual 40-byte header. */
export function drawBmp({ width, height, bitsPerPixel, pixels, ...more }: BmpDrawing): Buffer {
  const { compression = 0, palette = [], masks = [] } = more;
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + palette.length * 4 + masks.length * 4 + pixels.length, 2);
  header.writeUInt32LE(54 + palette.length * 4 + masks.length * 4, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bitsPerPixel, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(palette.length, 46);
  const colours = palette.flatMap(([red, green, blue]) => [blue, green, red, 0]);
  const bits = masks.flatMap((mask) => [mask & 255, (mask >>> 8) & 255, (mask >>> 16) & 255, mask >>> 24]);
  return Buffer.concat([header, Buffer.from([...colours, ...bits, ...pixels])]);
}
