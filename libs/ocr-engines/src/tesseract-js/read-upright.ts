import type { RawWord } from '@waybill/document-layout';
import { choices } from './choices.js';
import { calmed, type GrayImage } from './gray-image.js';
import { joinReadings } from './join-readings.js';
import { measurePage, type PageMeasures } from './measure-page.js';
import { preparePage, type Preparation, type PreparedPage } from './prepare-page.js';
import { rateReading, type Rating } from './rate-reading.js';
import type { Reader, Segmentation } from './tesseract-reader.js';

/** One reading of a page: words where they stand on the page as handed in. */
export interface Reading {
  readonly words: RawWord[];
  readonly rating: Rating;
  readonly measures: PageMeasures;
  readonly remarks: readonly string[];
}

/**
 * Reads a page that is taken to stand upright: straightened and scaled, as columns first, a second time as one block
 * where that reading is doubtful. A page full of noise is calmed before, because noise hides how large its letters are.
 */
export async function readUpright(page: GrayImage, reader: Reader): Promise<Reading> {
  const measures = await measurePage(page);
  if (measures.letters.length === 0 && measures.specks === 0) return { ...readingOf([], measures), remarks: [] };
  if (!measures.isNoisy) return { ...(await readMeasured(page, measures, reader)), remarks: [] };
  const calm = await calmed(page);
  const calmMeasures = await measurePage(calm);
  const calmReading = await readMeasured(calm, calmMeasures, reader);
  if (calmReading.rating.confidence >= choices.turnedConfidence) return { ...calmReading, remarks: [noiseRemark] };
  const plainReading = await readMeasured(page, calmMeasures, reader);
  return calmReading.rating.worth >= plainReading.rating.worth
    ? { ...calmReading, remarks: [noiseRemark] }
    : { ...plainReading, remarks: [] };
}

const noiseRemark = 'The page is noisy; it was read with the noise taken out.';

async function readMeasured(page: GrayImage, measures: PageMeasures, reader: Reader): Promise<PlainReading> {
  const prepared = await preparePage(page, preparationFor(page, measures));
  const first = await read(prepared, 'page', { measures, reader });
  if (isTrusted(first.rating)) return first;
  const second = await read(prepared, 'block', { measures, reader });
  const [better, other] = second.rating.worth > first.rating.worth ? [second, first] : [first, second];
  return readingOf(joinReadings(better.words, other.words, choices.fillingConfidence), measures);
}

/** Sure of its words, and words where the ink is. */
export const isTrusted = ({ confidence, coverage }: Rating): boolean =>
  confidence >= choices.trustedConfidence && coverage >= choices.trustedCoverage;

type PlainReading = Omit<Reading, 'remarks'>;

const readingOf = (words: RawWord[], measures: PageMeasures): PlainReading => ({
  words,
  rating: rateReading(words, measures.letters),
  measures,
});

async function read(
  { image, toPage }: PreparedPage,
  segmentation: Segmentation,
  { measures, reader }: { measures: PageMeasures; reader: Reader },
): Promise<PlainReading> {
  const words = await reader.read(image, segmentation);
  return readingOf(
    words.map((word) => ({ ...word, box: toPage(word.box) })),
    measures,
  );
}

export function preparationFor(page: GrayImage, { letterHeight, isInverted, skewDegrees }: PageMeasures): Preparation {
  return { isInverted, skewDegrees, scale: scaleFor(page, letterHeight) };
}

function scaleFor({ width, height }: GrayImage, letterHeight: number): number {
  if (letterHeight <= 0) return 1;
  const wanted = Math.min(choices.mostScale, choices.letterHeight / letterHeight);
  const isFine = wanted < choices.leastScale && letterHeight <= choices.reducedAbove;
  return isFine ? 1 : Math.min(wanted, Math.max(1, Math.sqrt(choices.mostPixels / (width * height))));
}
