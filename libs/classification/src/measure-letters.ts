import type { Mark } from './find-marks.js';
import { gatherLines, type TextLine } from './gather-lines.js';

export interface LetterMeasures {
  /** Letters for each thousand pixels. */
  readonly letters: number;
  /** Share of all ink that is in letters, and in marks far larger than letters. */
  readonly inkInLetters: number;
  readonly inkInLargeMarks: number;
  /** Dust and dots for each letter, at most 20. */
  readonly specks: number;
  /** Height of letters in shares of the page's height; how unlike the heights are. */
  readonly letterHeight: number;
  readonly heightSpread: number;
  /** Width of letters in heights: joined writing is wide. */
  readonly letterWidth: number;
  /** Share of letters that stand in lines of four or more. */
  readonly inLines: number;
  /** Lines of text, as if the page were a hundred letters high. */
  readonly lines: number;
  /** Length of lines in widths of the page: in the middle, and the share of lines longer than half of it. */
  readonly lineLength: number;
  readonly longLines: number;
  /** How evenly lines follow each other, and how many begin, or end, where others do: 0..1. */
  readonly evenPitch: number;
  readonly evenStarts: number;
  readonly evenEnds: number;
  /** Pieces of a line that wide gaps part: on average, and the share of lines with three or more. */
  readonly pieces: number;
  readonly manyPieces: number;
  /** Share of lines with one piece: running text. */
  readonly unbroken: number;
  /** How unevenly letters stand on their line, in heights. */
  readonly baselineJitter: number;
  /** Share of the page's width, and of its height, that the text reaches over. */
  readonly reachAcross: number;
  readonly reachDown: number;
  /** Share of the page's rows that lines of text cover. */
  readonly covered: number;
  /** Marks far larger than letters, at most 30; the area of the largest, in shares of the page. */
  readonly largeMarks: number;
  readonly largestMark: number;
}

const smallestLetterPixels = 3;
const mostSpecks = 20;
const mostLargeMarks = 30;

/** What the connected ink of a page tells about its text, and about what is none. */
export function measureLetters(marks: readonly Mark[], width: number, height: number): LetterMeasures {
  const letters = marks.filter((mark) => isLetter(mark, width, height));
  const letterHeight = medianOf(letters.map(({ y0, y1 }) => y1 - y0));
  const alike = letters.filter(({ y0, y1 }) => y1 - y0 >= 0.5 * letterHeight && y1 - y0 <= 2.2 * letterHeight);
  const large = marks.filter(({ x0, x1, y0, y1 }) => Math.max(x1 - x0, y1 - y0) > Math.max(12, 5 * letterHeight));
  const specks = marks.filter(({ x0, x1, y0, y1 }) => x1 - x0 < smallestLetterPixels && y1 - y0 < smallestLetterPixels);
  const inkOf = (some: readonly Mark[]): number => some.reduce((sum, { pixels }) => sum + pixels, 0);
  const ink = Math.max(1, inkOf(marks));
  const lines = gatherLines(alike, letterHeight);
  const area = width * height;
  return {
    letters: (1_000 * letters.length) / area,
    inkInLetters: inkOf(alike) / ink,
    inkInLargeMarks: inkOf(large) / ink,
    specks: Math.min(mostSpecks, specks.length / Math.max(1, letters.length)),
    letterHeight: letterHeight / height,
    heightSpread: spreadOf(letters.map(({ y0, y1 }) => y1 - y0)),
    letterWidth: medianOf(alike.map(({ x0, x1 }) => x1 - x0)) / Math.max(1, letterHeight),
    largeMarks: Math.min(mostLargeMarks, large.length),
    largestMark: large.reduce((most, { x0, x1, y0, y1 }) => Math.max(most, (x1 - x0) * (y1 - y0)), 0) / area,
    ...measureLines(lines, { letters: letters.length, letterHeight, width, height }),
  };
}

/** Letters are neither dust nor lines nor pictures. */
function isLetter({ x0, y0, x1, y1, pixels }: Mark, width: number, height: number): boolean {
  const [across, down] = [x1 - x0, y1 - y0];
  if (down < smallestLetterPixels || down > Math.max(height / 6, 24) || across > width / 3) return false;
  if (across > 10 * down || down > 8 * across + 2) return false;
  return pixels >= 0.1 * across * down;
}

interface PageFacts {
  readonly letters: number;
  readonly letterHeight: number;
  readonly width: number;
  readonly height: number;
}

function measureLines(lines: readonly TextLine[], { letters, letterHeight, width, height }: PageFacts) {
  const lengths = lines.map(({ x0, x1 }) => (x1 - x0) / width);
  const count = Math.max(1, lines.length);
  const shareOf = (holds: (line: TextLine) => boolean): number => lines.filter(holds).length / count;
  const tops = lines.map(({ middle }) => middle).sort((one, other) => one - other);
  const pitches = tops.slice(1).map((top, at) => top - (tops[at] ?? 0));
  return {
    inLines: lines.reduce((sum, line) => sum + line.letters, 0) / Math.max(1, letters),
    lines: Math.min(60, (lines.length * 100 * letterHeight) / height),
    lineLength: medianOf(lengths),
    longLines: shareOf(({ x0, x1 }) => x1 - x0 > width / 2),
    evenPitch: evenness(pitches, Math.max(1, letterHeight * 0.3)),
    evenStarts: evenness(
      lines.map(({ x0 }) => x0),
      letterHeight,
    ),
    evenEnds: evenness(
      lines.map(({ x1 }) => x1),
      letterHeight,
    ),
    pieces: Math.min(8, lines.reduce((sum, { pieces }) => sum + pieces, 0) / count),
    manyPieces: shareOf(({ pieces }) => pieces >= 3),
    unbroken: shareOf(({ pieces }) => pieces === 1),
    baselineJitter: Math.min(1, lines.reduce((sum, { jitter }) => sum + jitter, 0) / count / Math.max(1, letterHeight)),
    reachAcross: reachOf(lines.map(({ x0, x1 }) => [x0, x1] as const)) / width,
    reachDown: reachOf(lines.map(({ y0, y1 }) => [y0, y1] as const)) / height,
    covered: Math.min(1, (lines.length * letterHeight) / height),
  };
}

function medianOf(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

/** Distance between the quartiles in medians, at most 3. */
function spreadOf(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? 0;
  return Math.min(3, (at(0.75) - at(0.25)) / Math.max(1, at(0.5)));
}

/** Largest share of numbers that lie within `tolerance` of one of them, 0..1; 0 for fewer than three. */
function evenness(numbers: readonly number[], tolerance: number): number {
  if (numbers.length < 3) return 0;
  const sorted = Float64Array.from(numbers).sort();
  let [most, first] = [0, 0];
  for (let last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] as number) - (sorted[first] as number) > 2 * tolerance) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most / sorted.length;
}

const reachOf = (spans: readonly (readonly [number, number])[]): number =>
  spans.length === 0 ? 0 : Math.max(...spans.map(([, end]) => end)) - Math.min(...spans.map(([start]) => start));
