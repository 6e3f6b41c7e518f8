import type { Box, ReadingAttempt } from '@waybill/contracts';
import { choices } from './choices.js';
import type { Mark } from './find-marks.js';
import { joinReadings, takeSurer } from './join-readings.js';
import type { Preparation } from './prepare-page.js';
import { readingOf, type Reading, type Work } from './reading.js';
import { setStrips } from './strip-sheet.js';
import { attemptOf, doubtOf } from './tell-attempts.js';
import { unreadStrips } from './unread-strips.js';

/** What a reading of a whole page needs to be believed: print that had to be enlarged is seldom as sure, and gains little. */
export const trustIn = ({ scale }: Preparation): (typeof choices.trust)['fullSize' | 'enlarged'] =>
  scale === 1 ? choices.trust.fullSize : choices.trust.enlarged;

/**
 * Reads letters again that stand in no word or in an unsure one, all of them on one sheet, and takes what is surer. Which way a page is
 * divided matters less than that its doubtful lines are seen alone, and costs a third of reading all of it again.
 */
export async function readStrips({ prepared, measures, reader, preparation }: Work, former: Reading): Promise<Reading> {
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
  const strips = unreadStrips(former.words.map(onImage), marks, { letterHeight, sureFrom: trustIn(preparation).word });
  const letters = strips.reduce((sum, strip) => sum + strip.letters, 0);
  if (letters < Math.max(choices.leastUnreadLetters, choices.leastUnreadShare * measures.letters.length)) return former;
  const sheet = await setStrips(prepared.image, strips, choices.letterHeight);
  const read = (await reader.read(sheet.image, 'block', 'usual')).flatMap((word) => sheet.toPicture(word) ?? []);
  const found = read.map((word) => ({ ...word, box: prepared.toPage(word.box) }));
  const surer = takeSurer(former.words, found, choices.surerBy);
  const words = joinReadings(surer, found, choices.fillingConfidence);
  const { rating } = readingOf(found, measures, []);
  const attempt: ReadingAttempt = {
    ...attemptOf({ division: 'lines', network: 'usual' }, preparation, rating),
    reason: doubtOf(former.rating),
    outcome: words.some((word) => found.includes(word)) ? 'filled-gaps' : 'dropped',
  };
  return readingOf(words, measures, [...former.attempts, attempt]);
}
