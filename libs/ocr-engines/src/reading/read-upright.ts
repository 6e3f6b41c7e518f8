import type { ReadingAttempt } from '@waybill/contracts';
import type { RawWord } from '@waybill/document-layout';
import { choices } from './choices.js';
import { calmed, type GrayImage } from './gray-image.js';
import { joinReadings, takeSurer } from './join-readings.js';
import { keepLetters } from './keep-letters.js';
import { linesLieFlat } from './lines-lie-flat.js';
import type { PageMeasures } from './measure-page.js';
import { preparePage, type Preparation } from './prepare-page.js';
import type { Rating } from './rate-reading.js';
import { readStrips, trustIn } from './read-strips.js';
import type { Network, Reader, Segmentation } from './reader.js';
import { readingOf, type Reading, type Work } from './reading.js';
import { standsOnEnd } from './stands-on-end.js';
import { attemptOf, because, doubtOf, dropped } from './tell-attempts.js';
import { WordsAt } from './words-at.js';

/** A first reading, and the way to a better one: a page that lies turned is turned before anything is read again. */
export interface BegunReading {
  readonly first: Reading;
  /** Reads again what is doubtful; gives the first reading where nothing is. */
  readonly finish: () => Promise<Reading>;
}

/** Reads a page that is taken to stand upright: straightened and scaled, then again what was passed over or is doubtful. */
export const readUpright = async (page: GrayImage, reader: Reader): Promise<Reading> =>
  (await beginReading(page, reader)).finish();

/**
 * Reads a page that is taken to stand upright once. A page full of noise is calmed before, because noise hides how large its letters
 * are; it is read to the end at once.
 */
export async function beginReading(page: GrayImage, reader: Reader): Promise<BegunReading> {
  const measures = await reader.measure(page);
  if (measures.letters.length === 0 && measures.specks === 0) return finished(readingOf([], measures, []));
  return measures.isNoisy ? finished(await readNoisy(page, reader)) : beginMeasured(page, measures, reader);
}

const finished = (first: Reading): BegunReading => ({ first, finish: async () => first });

async function readNoisy(page: GrayImage, reader: Reader): Promise<Reading> {
  const calm = await calmed(page);
  const calmMeasures = await reader.measure(calm);
  const readAll = async (image: GrayImage): Promise<Reading> =>
    (await beginMeasured(image, calmMeasures, reader)).finish();
  const calmReading = { ...(await readAll(calm)), remarks: [noiseRemark] };
  if (calmReading.rating.confidence >= choices.turnedConfidence) return calmReading;
  const plainReading = await readAll(page);
  const again = because('The page read badly with the noise taken out.', plainReading.attempts);
  return calmReading.rating.worth >= plainReading.rating.worth
    ? { ...calmReading, attempts: [...calmReading.attempts, ...dropped(again)] }
    : { ...plainReading, attempts: [...dropped(calmReading.attempts), ...again] };
}

const noiseRemark = 'The page is noisy; it was read with the noise taken out.';

async function beginMeasured(page: GrayImage, measures: PageMeasures, reader: Reader): Promise<BegunReading> {
  const preparation = preparationFor(page, measures);
  const work = { prepared: await preparePage(page, preparation), measures, reader, preparation };
  if (page.width * page.height < choices.smallPixels) return beginSmall(page, work);
  const first = await readWhole(work, isTallBlock(page, measures) ? 'block' : 'page', 'usual');
  if (isAsSureAs(trustIn(preparation), first.rating) || standsOnEnd(first.words)) return finished(first);
  return { first, finish: () => readStrips(work, first) };
}

/** A page that lies on its side may be as tall, but as a block its lines would be read across. */
const isTallBlock = ({ width, height }: GrayImage, measures: PageMeasures): boolean =>
  height > choices.tallShape * width && linesLieFlat(measures);

async function beginSmall(page: GrayImage, work: Work): Promise<BegunReading> {
  const first = await readWhole(work, 'block', 'usual');
  if (isAsSureAs(choices.smallTrust, first.rating) || standsOnEnd(first.words)) return finished(first);
  return { first, finish: () => readRest(page, work, first) };
}

/** Sure of its words, and words where the ink is. */
const isAsSureAs = (
  { confidence, coverage }: Pick<Rating, 'confidence' | 'coverage'>,
  rating: Pick<Rating, 'confidence' | 'coverage'>,
): boolean => rating.confidence >= confidence && rating.coverage >= coverage;

async function readWhole(
  { prepared, measures, reader, preparation }: Work,
  segmentation: Segmentation,
  network: Network,
): Promise<Reading> {
  const words = await reader.read(prepared.image, segmentation, network);
  const reading = readingOf(
    words.map((word) => ({ ...word, box: prepared.toPage(word.box) })),
    measures,
    [],
  );
  return { ...reading, attempts: [attemptOf({ division: segmentation, network }, preparation, reading.rating)] };
}

/**
 * A small picture costs little: what one network passes over among drawings, another one finds without them. Letters of words that none
 * could read more surely are left out.
 */
async function readRest(page: GrayImage, work: Work, first: Reading): Promise<Reading> {
  const sure = first.words.filter(({ confidence }) => confidence >= choices.surestWord);
  const read = new WordsAt(sure);
  const letters = work.measures.letters.filter(({ x0, y0, x1, y1 }) => !read.hasAt([(x0 + x1) / 2, (y0 + y1) / 2]));
  if (letters.length < choices.leastUnreadLetters) return first;
  const prepared = await preparePage(keepLetters(page, { ...work.measures, letters }), work.preparation);
  return join(first, sure, await readWhole({ ...work, prepared }, 'sparse', 'larger'));
}

/** The surer words of the first reading and of one that has only its sure words and those `found`; and sure words of the worse one where the other has none. */
function join(first: Reading, sure: readonly RawWord[], found: Reading): Reading {
  const { measures } = first;
  const second = readingOf([...sure, ...found.words], measures, []);
  const [better, other] = second.rating.worth > first.rating.worth ? [second, first] : [first, second];
  const surest = takeSurer(better.words, other.words, choices.surerBy);
  const words = joinReadings(surest, other.words, choices.fillingConfidence);
  const outcomeOf = (reading: Reading, its: readonly RawWord[]): ReadingAttempt['outcome'] => {
    if (reading === better) return 'kept';
    return words.some((word) => its.includes(word)) ? 'filled-gaps' : 'dropped';
  };
  return readingOf(words, measures, [
    ...first.attempts.map((attempt) => ({ ...attempt, outcome: outcomeOf(first, first.words) })),
    ...because(
      doubtOf(first.rating),
      found.attempts.map((attempt) => ({ ...attempt, outcome: outcomeOf(second, found.words) })),
    ),
  ]);
}

export function preparationFor(page: GrayImage, measures: PageMeasures): Preparation {
  const { letterHeight, isInverted, isBlackAndWhite, skewDegrees } = measures;
  const scale = scaleFor(page, letterHeight);
  return { isInverted, skewDegrees, scale, narrowing: isBlackAndWhite && scale === 1 ? choices.narrowing : 1 };
}

function scaleFor({ width, height }: GrayImage, letterHeight: number): number {
  if (letterHeight <= 0) return 1;
  const wanted = Math.min(choices.mostScale, choices.letterHeight / letterHeight);
  const isFine = wanted < choices.leastScale && letterHeight <= choices.reducedAbove;
  return isFine ? 1 : Math.min(wanted, Math.max(1, Math.sqrt(choices.mostPixels / (width * height))));
}
