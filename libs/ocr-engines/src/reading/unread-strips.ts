import type { Box } from '@waybill/contracts';
import type { RawWord } from '@waybill/document-layout';
import type { Mark } from './find-marks.js';
import { choices } from './choices.js';
import { WordsAt } from './words-at.js';

/** A run of letters that no word covers. `up`: it runs from the bottom to the top, as the title of an axis does. */
export interface Strip {
  readonly box: Box;
  readonly letters: number;
  readonly direction: 'across' | 'up';
}

/**
 * Lines of letters that no word covers from a confidence of `sureFrom` on, longest first. Letters belong to one line when they overlap across it and
 * the gap between them is at most a few of their heights; a line of letters below one another stands on end.
 */
export function unreadStrips(
  words: readonly RawWord[],
  letters: readonly Mark[],
  { letterHeight, sureFrom }: { letterHeight: number; sureFrom: number },
): Strip[] {
  const read = new WordsAt(words.filter(({ confidence }) => confidence >= sureFrom));
  const plain = letters.filter((mark) => isPlainLetter(mark, letterHeight));
  const left = plain.filter((mark) => !read.hasAt(centreOf(mark)));
  if (left.length === 0 || plain.length > choices.mostUnreadLetters) return [];
  const upright = runsOf(left, choices.stripGap * letterHeight);
  // Words of a line that stands on end are sometimes read in part, so all letters show where it stands.
  const standing = runsOf(plain.map(onItsSide), choices.standingGap * letterHeight)
    .map(({ box: [x0, y0, x1, y1], letters: count }): Run => ({ box: [y0, x0, y1, x1], letters: count }))
    .filter(({ box: [x0, y0, x1, y1], letters: count }) => count >= 4 && y1 - y0 > choices.standingShape * (x1 - x0))
    .filter((run) => 2 * left.filter((mark) => holds(run.box, centreOf(mark))).length >= run.letters)
    // Amounts below one another stand as close as letters do.
    .filter((run) => upright.every((line) => !crosses(run, line) || 2 * line.letters <= run.letters));
  const isTidy = ({ box: [, y0, , y1] }: Run): boolean =>
    y1 - y0 >= choices.lowestStrip * letterHeight && y1 - y0 <= choices.highestStrip * letterHeight;
  return [
    ...standing.map((run) => ({ ...run, direction: 'up' as const })),
    ...upright
      .filter((run) => isTidy(run) && !standing.some((other) => crosses(other, run)))
      .map((run) => ({ ...run, direction: 'across' as const })),
  ].sort((one, other) => other.letters - one.letters);
}

/** Whether the middle of the second lies in the first. */
const crosses = ({ box }: Run, { box: [x0, y0, x1, y1] }: Run): boolean => holds(box, [(x0 + x1) / 2, (y0 + y1) / 2]);

interface Run {
  readonly box: Box;
  readonly letters: number;
}

const centreOf = ({ x0, y0, x1, y1 }: Mark): readonly [x: number, y: number] => [(x0 + x1) / 2, (y0 + y1) / 2];

const onItsSide = ({ x0, y0, x1, y1, pixels }: Mark): Mark => ({ x0: y0, y0: x0, x1: y1, y1: x1, pixels });

/** Neither dust nor drawing: of about the height of the other letters, and not a bar. */
function isPlainLetter({ x0, y0, x1, y1 }: Mark, letterHeight: number): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  return Math.max(width, height) >= 0.5 * letterHeight && Math.max(width, height) <= 3 * letterHeight;
}

const holds = ([x0, y0, x1, y1]: Box, [x, y]: readonly [x: number, y: number]): boolean =>
  x >= x0 && x <= x1 && y >= y0 && y <= y1;

/** Of the lower of two letters in a line, at least this much stands beside the other. */
const leastOverlap = 0.35;

/** Letters taken from left to right, each added to the run that it continues. */
function runsOf(marks: readonly Mark[], gap: number): Run[] {
  const runs: { box: Box; letters: number }[] = [];
  for (const { x0, y0, x1, y1 } of marks.toSorted((one, other) => one.x0 - other.x0)) {
    const run = runs.findLast(({ box }) => {
      const shared = Math.min(box[3], y1) - Math.max(box[1], y0);
      return x0 - box[2] <= gap && shared >= leastOverlap * Math.min(y1 - y0, box[3] - box[1]);
    });
    if (run) {
      const { box } = run;
      run.box = [Math.min(box[0], x0), Math.min(box[1], y0), Math.max(box[2], x1), Math.max(box[3], y1)];
      run.letters += 1;
    } else runs.push({ box: [x0, y0, x1, y1], letters: 1 });
  }
  return runs;
}
