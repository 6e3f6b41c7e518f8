import { damagedBmp, type BmpHeader } from './bmp-header.js';

/**
 * Unpacks run-length packed pixels (RLE8, RLE4) to one colour index a pixel, rows as stored. Pairs of bytes: a count and
 * a colour; or 0 and an escape: 0 ends the row, 1 the picture, 2 moves, more are that many pixels as they are.
 */
export function unpackRuns(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, packing } = header;
  const indexes = new Uint8Array(width * height);
  let [at, row, column] = [header.pixelsAt, 0, 0];
  const next = (): number => {
    const value = bytes[at];
    if (value === undefined) throw damagedBmp('it is cut short');
    at += 1;
    return value;
  };
  const put = (index: number): void => {
    if (row >= height || column >= width) throw damagedBmp('its runs leave the picture');
    indexes[row * width + column] = index;
    column += 1;
  };
  const nibble = (pair: number, place: number): number => (place % 2 === 0 ? pair >> 4 : pair & 15);
  for (;;) {
    const count = next();
    const value = next();
    if (count > 0) {
      for (let place = 0; place < count; place += 1) put(packing === 'rle8' ? value : nibble(value, place));
    } else if (value === 0) {
      [row, column] = [row + 1, 0];
    } else if (value === 1) {
      return indexes;
    } else if (value === 2) {
      [column, row] = [column + next(), row + next()];
    } else {
      const start = at;
      let pair = 0;
      for (let place = 0; place < value; place += 1) {
        if (packing === 'rle8') put(next());
        else {
          if (place % 2 === 0) pair = next();
          put(nibble(pair, place));
        }
      }
      // Pixels as they are end on a word boundary.
      at += (at - start) % 2;
    }
  }
}
