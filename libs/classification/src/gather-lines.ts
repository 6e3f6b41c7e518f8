import type { Mark } from './find-marks.js';

/** Letters side by side, at least four. Lengths are pixels. */
export interface TextLine {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** Height of its middle. */
  readonly middle: number;
  readonly letters: number;
  /** Parts between which there is a gap wider than two and a half letters. */
  readonly pieces: number;
  /** Median distance of the letters' feet from the line's, in pixels. */
  readonly jitter: number;
}

const fewestLetters = 4;
/** In letter heights. */
const wideGap = 2.5;
const pageGap = 30;

/** Text lines among letters of about one height. They may slant a little: a letter joins the line it stands next to. */
export function gatherLines(letters: readonly Mark[], letterHeight: number): TextLine[] {
  const sorted = letters.toSorted((one, other) => one.x0 - other.x0);
  const size = Math.max(4, letterHeight);
  const open = new Map<number, Mark[][]>();
  const all: Mark[][] = [];
  for (const letter of sorted) {
    const band = Math.floor((letter.y0 + letter.y1) / 2 / size);
    const line = nearest(open, band, letter, letterHeight) ?? [];
    line.push(letter);
    if (line.length === 1) all.push(line);
    const place = open.get(band);
    if (!place) open.set(band, [line]);
    else if (!place.includes(line)) place.push(line);
  }
  return all.filter((line) => line.length >= fewestLetters).map((line) => lineOf(line, letterHeight));
}

/**
 * The line whose last letter overlaps this one most in height and stands not too far to the left. Lines that ended too
 * far to the left are forgotten: letters come from left to right.
 */
function nearest(
  open: ReadonlyMap<number, Mark[][]>,
  band: number,
  letter: Mark,
  letterHeight: number,
): Mark[] | undefined {
  let best: Mark[] | undefined;
  let most = 0.45 * Math.min(letterHeight, letter.y1 - letter.y0);
  const furthest = letter.x0 - pageGap * letterHeight;
  for (let near = band - 1; near <= band + 1; near += 1) {
    const lines = open.get(near);
    if (!lines) continue;
    let kept = 0;
    for (const line of lines) {
      const last = line.at(-1);
      if (!last || last.x1 < furthest) continue;
      lines[kept] = line;
      kept += 1;
      const overlap = Math.min(last.y1, letter.y1) - Math.max(last.y0, letter.y0);
      if (overlap > most) [best, most] = [line, overlap];
    }
    lines.length = kept;
  }
  return best;
}

function lineOf(marks: readonly Mark[], letterHeight: number): TextLine {
  let [y0, y1, x1, pieces] = [Infinity, 0, 0, 1];
  for (const mark of marks) {
    if (x1 > 0 && mark.x0 - x1 > wideGap * letterHeight) pieces += 1;
    x1 = Math.max(x1, mark.x1);
    y0 = Math.min(y0, mark.y0);
    y1 = Math.max(y1, mark.y1);
  }
  const steps = marks.slice(1).map((mark, at) => Math.abs(mark.y1 - (marks[at]?.y1 ?? 0)));
  const jitter = steps.reduce((sum, step) => sum + step, 0) / Math.max(1, steps.length);
  return { x0: marks[0]?.x0 ?? 0, x1, y0, y1, middle: (y0 + y1) / 2, letters: marks.length, pieces, jitter };
}
