import type { GrayImage } from './gray-image.js';

/** Pixels along each side of a cell. */
export const cellSide = 4;

/** Ink is darker than this share of the mean around it (Bradley and Roth, 2007, use 0.85), and by this many steps. */
const inkShare = 0.85;
const inkSteps = 14;
/** The side of the square around a cell that its mean is taken over, as a share of the shorter side. */
const surroundingShare = 1 / 12;
const surroundingMinPixels = 24;

/** For each cell of an image, row by row: pixels below this are ink. */
export interface InkLimits {
  readonly limits: Uint8Array;
  /** Cells in a row. */
  readonly columns: number;
}

/**
 * What counts as ink, from the mean around each cell. Means change so slowly that a limit for 16 pixels is as good as one for each, and
 * takes a third of the time.
 */
export function inkLimitsOf(image: GrayImage): InkLimits {
  const { width, height } = image;
  const [columns, rows] = [Math.ceil(width / cellSide), Math.ceil(height / cellSide)];
  const sums = cornerSumsOf(image, columns, rows);
  const side = Math.max(surroundingMinPixels, Math.round(Math.min(width, height) * surroundingShare));
  const reach = Math.max(1, Math.round(side / 2 / cellSide));
  const limits = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const [top, bottom] = [Math.max(0, row - reach), Math.min(rows, row + reach + 1)];
    const high = Math.min(height, bottom * cellSide) - top * cellSide;
    for (let column = 0; column < columns; column += 1) {
      const left = column > reach ? column - reach : 0;
      const right = column + reach + 1 < columns ? column + reach + 1 : columns;
      const sum = sumWithin(sums, columns + 1, { left, top, right, bottom });
      const mean = sum / (high * (Math.min(width, right * cellSide) - left * cellSide));
      limits[row * columns + column] = Math.max(0, Math.ceil(Math.min(mean * inkShare, mean - inkSteps)));
    }
  }
  return { limits, columns };
}

interface Cells {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Sums run over at 2³², which their differences do not show: one of a square is far smaller. */
const sumWithin = (sums: Uint32Array, stride: number, { left, top, right, bottom }: Cells): number =>
  ((sums[bottom * stride + right] as number) -
    (sums[top * stride + right] as number) -
    (sums[bottom * stride + left] as number) +
    (sums[top * stride + left] as number)) >>>
  0;

/** For each corner of the cells, the sum of all pixels above and to the left of it. */
function cornerSumsOf({ data, width, height }: GrayImage, columns: number, rows: number): Uint32Array {
  const stride = columns + 1;
  const sums = new Uint32Array(stride * (rows + 1));
  const ofRow = new Uint32Array(columns);
  for (let row = 0; row < rows; row += 1) {
    ofRow.fill(0);
    const end = Math.min(height, (row + 1) * cellSide);
    for (let y = row * cellSide; y < end; y += 1) addCells(ofRow, data, y * width, width);
    for (let column = 0, sum = 0, at = (row + 1) * stride + 1; column < columns; column += 1, at += 1) {
      sum += ofRow[column] as number;
      sums[at] = (sums[at - stride] as number) + sum;
    }
  }
  return sums;
}

function addCells(sums: Uint32Array, data: Uint8Array, from: number, width: number): void {
  const whole = width - (width % cellSide);
  let at = from;
  for (let column = 0; at < from + whole; column += 1, at += cellSide) {
    const four = (data[at] as number) + (data[at + 1] as number) + (data[at + 2] as number) + (data[at + 3] as number);
    sums[column] = (sums[column] as number) + four;
  }
  for (; at < from + width; at += 1) {
    sums[sums.length - 1] = (sums[sums.length - 1] as number) + (data[at] as number);
  }
}
