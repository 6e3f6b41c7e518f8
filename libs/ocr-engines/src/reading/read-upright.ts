import type { Box, ReadingAttempt } from '@waybill/contracts';
import type { RawWord } from '@waybill/document-layout';
import { choices } from './choices.js';
import type { Mark } from './find-marks.js';
import { calmed, type GrayImage } from './gray-image.js';
import { joinReadings, takeSurer } from './join-readings.js';
import type { PageMeasures } from './measure-page.js';
import { preparePage, type Preparation, type PreparedPage } from './prepare-page.js';
import { rateReading, type Rating } from './rate-reading.js';
import { keepLetters } from './keep-letters.js';
import type { Network, Reader, Segmentation } from './reader.js';
import { standsOnEnd } from './stands-on-end.js';
import { setStrips } from './strip-sheet.js';
import { attemptOf, because, doubtOf, dropped } from './tell-attempts.js';
import { unreadStrips } from './unread-strips.js';

/** One reading of a page: words where they stand on the page as handed in. */
export interface Reading {
  readonly words: RawWord[];
  readonly rating: Rating;
  readonly measures: PageMeasures;
  readonly attempts: readonly ReadingAttempt[];
  readonly remarks: readonly string[];
}

/**
 * Reads a page that is taken to stand upright: straightened and scaled, then again what was passed over. A page full of
 * noise is calmed before, because noise hides how large its letters are.
 */
export async function readUpright(page: GrayImage, reader: Reader): Promise<Reading> {
  const measures = await reader.measure(page);
  if (measures.letters.length === 0 && measures.specks === 0) return readingOf([], measures, []);
  if (!measures.isNoisy) return readMeasured(page, measures, reader);
  const calm = await calmed(page);
  const calmMeasures = await reader.measure(calm);
  const calmReading = { ...(await readMeasured(calm, calmMeasures, reader)), remarks: [noiseRemark] };
  if (calmReading.rating.confidence >= choices.turnedConfidence) return calmReading;
  const plainReading = await readMeasured(page, calmMeasures, reader);
  const again = because('The page read badly with the noise taken out.', plainReading.attempts);
  return calmReading.rating.worth >= plainReading.rating.worth
    ? { ...calmReading, attempts: [...calmReading.attempts, ...dropped(again)] }
    : { ...plainReading, attempts: [...dropped(calmReading.attempts), ...again] };
}

const noiseRemark = 'The page is noisy; it was read with the noise taken out.';

/** What a picture is read with. */
interface Work {
  readonly prepared: PreparedPage;
  readonly measures: PageMeasures;
  readonly reader: Reader;
  readonly preparation: Preparation;
}

async function readMeasured(page: GrayImage, measures: PageMeasures, reader: Reader): Promise<Reading> {
  const preparation = preparationFor(page, measures);
  const work = { prepared: await preparePage(page, preparation), measures, reader, preparation };
  const isSmall = page.width * page.height < choices.smallPixels;
  const first = await readWhole(work, isSmall ? 'block' : 'page', 'usual');
  // A page that lies turned is turned before anything else is tried.
  if (isSmall ? isSurelyRead(first.rating) : isTrusted(first.rating, preparation)) return first;
  if (standsOnEnd(first.words)) return first;
  if (isSmall) return join(work, first, await readLettersAlone(page, work));
  // Of print of full size another way of dividing the page finds more; what is small is unsure either way.
  if (isDoubtfulPrint(first.rating, preparation)) return join(work, first, await readWhole(work, 'block', 'usual'));
  return readStrips(work, first);
}

/** Sure of its words, and words where the ink is. */
const isTrusted = (rating: Rating, preparation: Preparation): boolean =>
  rating.coverage >= choices.trustedCoverage && !isDoubtfulPrint(rating, preparation);

const isDoubtfulPrint = ({ confidence }: Rating, { scale }: Preparation): boolean =>
  scale === 1 && confidence < choices.trustedConfidence;

const isSurelyRead = ({ confidence, coverage }: Rating): boolean =>
  confidence >= choices.smallTrustedConfidence && coverage >= choices.smallTrustedCoverage;

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

/** A small picture costs little: what one network passes over among drawings, another one finds without them. */
async function readLettersAlone(page: GrayImage, work: Work): Promise<Reading> {
  const prepared = await preparePage(keepLetters(page, work.measures), work.preparation);
  return readWhole({ ...work, prepared }, 'sparse', 'larger');
}

/** The surer words of two readings, and sure words of the worse one where the other has none. */
function join({ measures }: Work, first: Reading, second: Reading): Reading {
  const [better, other] = second.rating.worth > first.rating.worth ? [second, first] : [first, second];
  const surest = takeSurer(better.words, other.words, choices.surerBy);
  const words = joinReadings(surest, other.words, choices.fillingConfidence);
  const [tried] = second.attempts;
  if (!tried) return first;
  const attempts: ReadingAttempt[] = [
    ...first.attempts.map((attempt) => ({ ...attempt, outcome: outcomeOf(first, better, words) })),
    { ...tried, reason: doubtOf(first.rating), outcome: outcomeOf(second, better, words) },
  ];
  return readingOf(words, measures, attempts);
}

function outcomeOf(reading: Reading, better: Reading, words: readonly RawWord[]): ReadingAttempt['outcome'] {
  if (reading === better) return 'kept';
  return words.some((word) => reading.words.includes(word)) ? 'filled-gaps' : 'dropped';
}

/** Reads the lines that were passed over, all of them on one sheet, and adds what is sure. */
async function readStrips({ prepared, measures, reader, preparation }: Work, former: Reading): Promise<Reading> {
  // On the straightened picture, where lines are level.
  const onImage = <Boxed extends { box: Box }>(thing: Boxed): Boxed => ({
    ...thing,
    box: prepared.fromPage(thing.box),
  });
  const marks = measures.letters.map(({ x0, y0, x1, y1, pixels }): Mark => {
    const [left, top, right, bottom] = prepared.fromPage([x0, y0, x1, y1]);
    return { x0: left, y0: top, x1: right, y1: bottom, pixels };
  });
  const letterHeight = measures.letterHeight * prepared.scale;
  const strips = unreadStrips(former.words.map(onImage), marks, letterHeight);
  const letters = strips.reduce((sum, strip) => sum + strip.letters, 0);
  if (letters < Math.max(choices.leastUnreadLetters, choices.leastUnreadShare * measures.letters.length)) return former;
  const sheet = await setStrips(prepared.image, strips, choices.letterHeight);
  const read = (await reader.read(sheet.image, 'block', 'usual')).flatMap((word) => sheet.toPicture(word) ?? []);
  const found = read.map((word) => ({ ...word, box: prepared.toPage(word.box) }));
  const words = joinReadings(former.words, found, choices.fillingConfidence);
  const { rating } = readingOf(found, measures, []);
  const attempt: ReadingAttempt = {
    ...attemptOf({ division: 'lines', network: 'usual' }, preparation, rating),
    reason: doubtOf(former.rating),
    outcome: words.length > former.words.length ? 'filled-gaps' : 'dropped',
  };
  return readingOf(words, measures, [...former.attempts, attempt]);
}

const readingOf = (words: RawWord[], measures: PageMeasures, attempts: readonly ReadingAttempt[]): Reading => ({
  words,
  rating: rateReading(words, measures.letters),
  measures,
  attempts,
  remarks: [],
});

export function preparationFor(page: GrayImage, { letterHeight, isInverted, skewDegrees }: PageMeasures): Preparation {
  return { isInverted, skewDegrees, scale: scaleFor(page, letterHeight) };
}

function scaleFor({ width, height }: GrayImage, letterHeight: number): number {
  if (letterHeight <= 0) return 1;
  const wanted = Math.min(choices.mostScale, choices.letterHeight / letterHeight);
  const isFine = wanted < choices.leastScale && letterHeight <= choices.reducedAbove;
  return isFine ? 1 : Math.min(wanted, Math.max(1, Math.sqrt(choices.mostPixels / (width * height))));
}
