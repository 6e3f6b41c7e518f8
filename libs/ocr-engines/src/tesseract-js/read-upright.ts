import type { ReadingAttempt } from '@waybill/contracts';
import type { RawWord } from '@waybill/document-layout';
import { choices } from './choices.js';
import { calmed, type GrayImage } from './gray-image.js';
import { joinReadings } from './join-readings.js';
import { measurePage, type PageMeasures } from './measure-page.js';
import { preparePage, type Preparation, type PreparedPage } from './prepare-page.js';
import { rateReading, type Rating } from './rate-reading.js';
import { attemptOf, because, doubtOf, dropped } from './tell-attempts.js';
import type { Reader, Segmentation } from './tesseract-reader.js';

/** One reading of a page: words where they stand on the page as handed in. */
export interface Reading {
  readonly words: RawWord[];
  readonly rating: Rating;
  readonly measures: PageMeasures;
  readonly remarks: readonly string[];
  /** Every reading that was made, and what became of it. */
  readonly attempts: readonly ReadingAttempt[];
}

/**
 * Reads a page that is taken to stand upright: straightened and scaled, as columns first, a second time as one block
 * where that reading is doubtful. A page full of noise is calmed before, because noise hides how large its letters are.
 */
export async function readUpright(page: GrayImage, reader: Reader): Promise<Reading> {
  const measures = await measurePage(page);
  if (measures.letters.length === 0 && measures.specks === 0)
    return { ...readingOf([], measures), remarks: [], attempts: [] };
  if (!measures.isNoisy) return { ...(await readMeasured(page, measures, reader)), remarks: [] };
  const calm = await calmed(page);
  const calmMeasures = await measurePage(calm);
  const calmReading = await readMeasured(calm, calmMeasures, reader);
  if (calmReading.rating.confidence >= choices.turnedConfidence) return { ...calmReading, remarks: [noiseRemark] };
  const plainReading = await readMeasured(page, calmMeasures, reader);
  const again = because('The page read badly with the noise taken out.', plainReading.attempts);
  return calmReading.rating.worth >= plainReading.rating.worth
    ? { ...calmReading, remarks: [noiseRemark], attempts: [...calmReading.attempts, ...dropped(again)] }
    : { ...plainReading, remarks: [], attempts: [...dropped(calmReading.attempts), ...again] };
}

const noiseRemark = 'The page is noisy; it was read with the noise taken out.';

async function readMeasured(page: GrayImage, measures: PageMeasures, reader: Reader): Promise<ToldReading> {
  const preparation = preparationFor(page, measures);
  const prepared = await preparePage(page, preparation);
  const first = await read(prepared, 'page', { measures, reader });
  const firstAttempt = attemptOf('page', preparation, first.rating);
  if (isTrusted(first.rating)) return { ...first, attempts: [firstAttempt] };
  const second = await read(prepared, 'block', { measures, reader });
  const [better, other] = second.rating.worth > first.rating.worth ? [second, first] : [first, second];
  const joined = readingOf(joinReadings(better.words, other.words, choices.fillingConfidence), measures);
  const otherOutcome = joined.words.length > better.words.length ? 'filled-gaps' : 'dropped';
  const outcomeOf = (reading: PlainReading) => (reading === better ? 'kept' : otherOutcome);
  const secondAttempt = { ...attemptOf('block', preparation, second.rating), reason: doubtOf(first.rating) };
  const attempts: ReadingAttempt[] = [
    { ...firstAttempt, outcome: outcomeOf(first) },
    { ...secondAttempt, outcome: outcomeOf(second) },
  ];
  return { ...joined, attempts };
}

/** Sure of its words, and words where the ink is. */
export const isTrusted = ({ confidence, coverage }: Rating): boolean =>
  confidence >= choices.trustedConfidence && coverage >= choices.trustedCoverage;

type ToldReading = Omit<Reading, 'remarks'>;
type PlainReading = Omit<ToldReading, 'attempts'>;

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
