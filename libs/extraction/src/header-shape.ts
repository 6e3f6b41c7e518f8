import { segmentOf, type Row, type Segment } from './document-text.js';

/** A stretch of a header row, and how surely no word of it was lost (0..1). */
export interface HeaderSegment {
  readonly segment: Segment;
  readonly whole: number;
}

/** Offsets and distances, in heights of a row. */
const centredWithin = 0.6;
const widestHole = 8;
const fewestLines = 4;

/**
 * Looks at how the top of a page is set. Where most of its lines stand centred below each other, a line off the middle
 * has lost words at one end, and two stretches that are centred only together have lost the words between them.
 */
export function shapeOfHeader(
  rows: readonly Row[],
  rowHeight: number,
): { segmentsOf(row: Row): readonly HeaderSegment[] } {
  const middle = commonMiddle(rows, rowHeight);
  if (middle === undefined) return { segmentsOf: (row) => row.segments.map((segment) => ({ segment, whole: 1 })) };
  const offset = (segment: Segment): number => Math.abs((segment.x0 + segment.x1) / 2 - middle) / rowHeight;
  const wholeness = (segment: Segment): number => Math.max(0, 1 - Math.max(0, offset(segment) - 0.4));
  return {
    segmentsOf(row) {
      const words = row.segments.filter(({ text }) => /[\p{L}\d]/u.test(text));
      const joined = segmentOf(words.flatMap(({ tokens }) => tokens));
      const isOneLine =
        words.length > 1 &&
        offset(joined) < centredWithin &&
        words.every((segment) => offset(segment) > 2 * centredWithin) &&
        words.every((segment, at) => (words[at + 1]?.x0 ?? segment.x1) - segment.x1 < widestHole * rowHeight);
      if (isOneLine) return [{ segment: joined, whole: 0.3 }];
      return row.segments.map((segment) => ({ segment, whole: wholeness(segment) }));
    },
  };
}

/** The middle that most lines share; undefined where the lines are not centred. */
function commonMiddle(rows: readonly Row[], rowHeight: number): number | undefined {
  const lines = rows.map((row) => segmentOf(row.tokens.filter(({ text }) => /[\p{L}\d]{2}/u.test(text))));
  const wide = lines.filter(({ tokens }) => tokens.length > 0);
  if (wide.length < fewestLines) return undefined;
  const middles = wide.map(({ x0, x1 }) => (x0 + x1) / 2);
  const nearTo = (place: number, places: readonly number[]): number =>
    places.filter((other) => Math.abs(other - place) < centredWithin * rowHeight).length;
  const best = middles.toSorted((a, b) => nearTo(b, middles) - nearTo(a, middles))[0] ?? 0;
  const lefts = wide.map(({ x0 }) => x0);
  const centred = nearTo(best, middles);
  const flush = Math.max(...lefts.map((left) => nearTo(left, lefts)));
  return centred >= fewestLines && centred > flush && centred >= 0.35 * wide.length ? best : undefined;
}
