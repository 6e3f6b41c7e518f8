import { findMarks, type Mark } from './find-marks.js';
import { imageOf, pixelsOf, type GrayImage } from './gray-image.js';
import { measureSkew } from './measure-skew.js';

/** What a page looks like before anything is read. Lengths are pixels of the page as handed in. */
export interface PageMeasures {
  /** Ink the size of a letter. */
  readonly letters: readonly Mark[];
  /** Median height of letters, 0 without any: in running text, a little above the height of an x. */
  readonly letterHeight: number;
  /** Specks for each letter: dust, dots of a halftone, noise. */
  readonly specksPerLetter: number;
  readonly specks: number;
  /** So many specks that letters drown in them. */
  readonly isNoisy: boolean;
  /** White on black. */
  readonly isInverted: boolean;
  /** Without any shade of gray. */
  readonly isBlackAndWhite: boolean;
  /** Slant of the lines, clockwise positive, in degrees. */
  readonly skewDegrees: number;
}

/** Measuring on more pixels than these finds nothing more. */
const maxMeasuredPixels = 5_000_000;
/** Mean gray below which a page is taken for white on black. */
const invertedBelow = 100;
const smallestLetterPixels = 4;
const speckSidePixels = 3;
/** Dust is a few hundred specks on a page; noise is thousands, and more than there are letters. */
const noisySpecks = 3_000;
const noisySpecksPerLetter = 4;

/** Measures a page on a copy that is reduced if it is large. */
export async function measurePage(page: GrayImage): Promise<PageMeasures> {
  const mean = meanOf(page);
  const isInverted = mean < invertedBelow;
  const scale = Math.min(1, Math.sqrt(maxMeasuredPixels / (page.width * page.height)));
  const measured = await reduced(page, scale, isInverted);
  const marks = findMarks(measured);
  const letters = marks.filter((mark) => isLetter(mark, measured));
  const specks = marks.filter(({ x0, y0, x1, y1 }) => x1 - x0 < speckSidePixels && y1 - y0 < speckSidePixels).length;
  const letterHeight = medianHeight(letters);
  return {
    letters: scale === 1 ? letters : letters.map((mark) => enlarged(mark, 1 / scale)),
    letterHeight: letterHeight / scale,
    specks,
    specksPerLetter: specks / Math.max(1, letters.length),
    isNoisy: specks > Math.max(noisySpecks, noisySpecksPerLetter * letters.length),
    isInverted,
    isBlackAndWhite: isBlackAndWhite(page),
    skewDegrees: measureSkew(letters, letterHeight),
  };
}

/** Letters are neither dust nor lines nor pictures; joined letters of a script or a bad print may be wide. */
function isLetter({ x0, y0, x1, y1, pixels }: Mark, page: GrayImage): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  if (height < smallestLetterPixels || height > page.height / 6) return false;
  if (width > 8 * height || height > 8 * width + 2) return false;
  return pixels >= 0.08 * width * height;
}

/** Higher marks weigh more: dust and dots are many, but they are not what is to be read. */
function medianHeight(letters: readonly Mark[]): number {
  const heights = letters.map(({ y0, y1 }) => y1 - y0).sort((one, other) => one - other);
  const total = heights.reduce((sum, height) => sum + height, 0);
  let passed = 0;
  return heights.find((height) => (passed += height) >= total / 2) ?? 0;
}

function meanOf({ data }: GrayImage): number {
  const step = Math.max(1, Math.floor(data.length / 100_000));
  let sum = 0;
  let count = 0;
  for (let index = 0; index < data.length; index += step, count += 1) sum += data[index] ?? 0;
  return sum / Math.max(1, count);
}

/** A loop, because it goes through whole pages that have no gray. */
function isBlackAndWhite({ data }: GrayImage): boolean {
  for (let index = 0; index < data.length; index += 1) {
    // 0 and 255 are the only ones that lose all other bits.
    if ((((data[index] as number) + 1) & 0xfe) !== 0) return false;
  }
  return true;
}

async function reduced(page: GrayImage, scale: number, isInverted: boolean): Promise<GrayImage> {
  if (scale === 1 && !isInverted) return page;
  const image = imageOf(page);
  if (scale < 1) image.resize({ width: Math.max(1, Math.round(page.width * scale)) });
  return pixelsOf(isInverted ? image.negate() : image);
}

const enlarged = ({ x0, y0, x1, y1, pixels }: Mark, factor: number): Mark => ({
  x0: x0 * factor,
  y0: y0 * factor,
  x1: x1 * factor,
  y1: y1 * factor,
  pixels: pixels * factor * factor,
});
