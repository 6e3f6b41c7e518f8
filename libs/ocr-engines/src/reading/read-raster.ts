import type { PageRaster, RecognisedPage } from '@waybill/document-layout';
import { believedWords } from './believed-words.js';
import { choices } from './choices.js';
import { cutOut } from './cut-out.js';
import { grayOf, type GrayImage } from './gray-image.js';
import { flatness } from './lines-lie-flat.js';
import type { PageMeasures } from './measure-page.js';
import { mendSigns } from './mend-signs.js';
import { preparePage } from './prepare-page.js';
import { rateReading } from './rate-reading.js';
import { beginReading, preparationFor, readUpright } from './read-upright.js';
import type { Reading } from './reading.js';
import type { Reader } from './reader.js';
import { standsOnEnd } from './stands-on-end.js';
import { because, dropped } from './tell-attempts.js';
import { boxBeforeTurn, turnPage, type Turn } from './turn-page.js';

/** Reads a page the way that was measured to be best, also when it lies turned, and says in remarks what it had to do. */
export async function readRaster(raster: PageRaster, reader: Reader): Promise<RecognisedPage> {
  const page = grayOf(raster);
  const { first, finish } = await beginReading(page, reader);
  const turn = await findTurn(page, first, reader);
  if (turn === 0) return recognised(await finish(), 0, page);
  const again = await readUpright(await turnPage(page, turn), reader);
  if (again.rating.worth < choices.turnedWorth * first.rating.worth) {
    const upright = await finish();
    const tried = because(`The page was tried turned by ${turn} degrees, and read worse.`, dropped(again.attempts));
    return recognised({ ...upright, attempts: [...upright.attempts, ...tried] }, 0, page);
  }
  const remark = `The page lies turned by ${360 - turn} degrees; it was read upright.`;
  const remarks = [remark, ...again.remarks];
  const attempts = [...dropped(first.attempts), ...because(remark, again.attempts)];
  return recognised({ ...again, remarks, attempts }, turn, page);
}

function recognised({ words, measures, attempts, remarks }: Reading, turn: Turn, page: GrayImage): RecognisedPage {
  return {
    words: mendSigns(believedWords(words)).map((word) => ({ ...word, box: boxBeforeTurn(word.box, turn, page) })),
    rotation: turn,
    skewDegrees: measures.skewDegrees,
    remarks: [...remarks],
    attempts: [...attempts],
  };
}

/** The turn that brings the page upright, as far as the reading gives reason to suspect one. */
async function findTurn(page: GrayImage, upright: Reading, reader: Reader): Promise<Turn> {
  const { rating, measures, words } = upright;
  if (measures.letters.length < choices.leastLetters) return 0;
  const isSure = rating.confidence >= choices.turnedConfidence;
  if (standsOnEnd(words)) return isSure ? choices.turnOfSureWordsOnEnd : choices.turnOfUnsureWordsOnEnd;
  const isTooSmall = measures.letterHeight < choices.readableHeight && rating.confidence >= choices.headDownConfidence;
  if (isSure || isTooSmall) return 0;
  const part = cutOut(page, measures.letters);
  let best: { turn: Turn; confidence: number } = { turn: 0, confidence: rating.confidence + choices.turnedGain };
  for (const turn of turnsToTry(measures)) {
    const { image } = await preparePage(await turnPage(part, turn), {
      ...preparationFor(part, measures),
      skewDegrees: 0,
    });
    const tried = await reader.read(image, 'page', 'usual');
    const { confidence } = rateReading(tried, []);
    const way = standsOnEnd(tried) ? turned(turn, choices.turnOfSureWordsOnEnd) : turn;
    if (confidence > best.confidence) best = { turn: way, confidence };
    if (confidence >= choices.trust.fullSize.confidence) break;
  }
  return best.turn;
}

/** How the page may lie, by the way its lines run, most likely first: half of these readings are spared. */
function turnsToTry(measures: PageMeasures): readonly Turn[] {
  const flat = flatness(measures);
  if (flat >= choices.clearlyFlat) return [180];
  return flat <= 1 / choices.clearlyFlat ? [90, 270] : [180, 90, 270];
}

const turned = (one: Turn, two: Turn): Turn => ((one + two) % 360) as Turn;
