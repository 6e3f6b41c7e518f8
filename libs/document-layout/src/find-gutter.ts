import { type Extent, extentAround, median, middleOf, quantile, sharedWidth, widthOf } from './extent.js';
import { type PageMeasure, type Segment, segmentText } from './gather-segments.js';
import { SegmentBands } from './segment-bands.js';

/** In heights of the page's words; narrower gaps are wide spaces. */
const narrowestGutter = 0.9;
/** What stands above a column with no wider gap than this, in heights of words, is its beginning. */
const widestLeading = 1.2;

/** A free stretch of the page with segments on both sides of it. */
interface Gutter extends Extent {
  readonly left: readonly Segment[];
  readonly right: readonly Segment[];
  /** The height that has segments on both sides. */
  readonly length: number;
}

/** The segments from top to bottom, and from bottom to top. */
interface Order {
  readonly down: readonly Segment[];
  readonly up: readonly Segment[];
}

/**
 * The free stretch that runs along the most running text on both of its sides; undefined when the segments read as one column. What
 * crosses a gutter ends it: a headline over two columns, while a third one runs on beside it.
 */
export function findGutter(segments: readonly Segment[], measure: PageMeasure): Extent | undefined {
  const bands = new SegmentBands(segments, 2 * measure.wordHeight);
  const order = {
    down: segments.toSorted((a, b) => a.y0 - b.y0 || a.x0 - b.x0),
    up: segments.toSorted((a, b) => b.y1 - a.y1 || a.x0 - b.x0),
  };
  const narrowest = narrowestGutter * measure.wordHeight;
  const found: Gutter[] = [];
  for (const segment of order.down) {
    const next = bands.rightOf(segment);
    if (!next || next.x0 - segment.x1 < narrowest) continue;
    const gap = { x0: segment.x1, x1: next.x0, y0: segment.y0, y1: segment.y1 };
    if (found.some((gutter) => isPartOf(gap, gutter, narrowest))) continue;
    const gutter = gutterAlong(gap, order, measure);
    if (gutter) found.push(gutter);
  }
  return found.toSorted((a, b) => b.length - a.length || a.x0 - b.x0).find((gutter) => separatesText(gutter, bands));
}

/** Whether following the gap would find the gutter again. */
const isPartOf = (gap: Extent, gutter: Extent, narrowest: number): boolean =>
  sharedWidth(gutter, gap) >= narrowest && middleOf(gap) >= gutter.y0 && middleOf(gap) <= gutter.y1;

/** Follows a gap up and down, as far as what stands there leaves it free. */
function gutterAlong(gap: Extent, { down, up }: Order, { wordHeight }: PageMeasure): Gutter | undefined {
  const narrowest = narrowestGutter * wordHeight;
  const below = follow(
    gap,
    down.filter(({ y0 }) => y0 >= gap.y0),
    narrowest,
  );
  const above = follow(
    below,
    up.filter(({ y1 }) => y1 <= gap.y1),
    narrowest,
  );
  const [top, bottom] = [above.end?.y1 ?? -Infinity, below.end?.y0 ?? Infinity];
  const beside = down.filter((segment) => middleOf(segment) >= top && middleOf(segment) <= bottom);
  const middle = (above.x0 + above.x1) / 2;
  const left = beside.filter((segment) => segment.x0 < middle);
  const right = beside.filter((segment) => segment.x0 >= middle);
  const [first, second] = [extentAround(left), extentAround(right)];
  if (left.length === 0 || right.length === 0) return undefined;
  const length = Math.min(first.y1, second.y1) - Math.max(first.y0, second.y0);
  const y0 = Math.min(first.y0, beginningOf(right, first.y0, widestLeading * wordHeight));
  return { x0: above.x0, x1: above.x1, y0, y1: Math.max(first.y1, second.y1), left, right, length };
}

/** Where a column begins that goes on above a height: what stands apart above it is no part of it. Segments from top to bottom. */
function beginningOf(column: readonly Segment[], from: number, widestGap: number): number {
  return column.reduceRight((top, { y0, y1 }) => (y0 < top && y1 >= top - widestGap ? y0 : top), from);
}

/** Narrows a gap to what segments leave of it, in their order, up to the one that leaves too little. */
function follow(
  { x0, x1 }: Pick<Extent, 'x0' | 'x1'>,
  segments: readonly Segment[],
  narrowest: number,
): { x0: number; x1: number; end?: Segment } {
  for (const segment of segments) {
    if (segment.x1 <= x0 || segment.x0 >= x1 || isMark(segment)) continue;
    const [before, after] = [segment.x0 - x0, x1 - segment.x1];
    if (Math.max(before, after) < narrowest) return { x0, x1, end: segment };
    if (after > before) x0 = segment.x1;
    else x1 = segment.x0;
  }
  return { x0, x1 };
}

/** Engines read the rules between columns as bars and commas. */
const isMark = (segment: Segment): boolean => !segment.standsAlone && !/[\p{L}\p{N}]/u.test(segmentText(segment));

/** Whether running text stands on both sides: in the columns next to the gutter, for there may be more behind them. */
function separatesText({ left, right }: Gutter, bands: SegmentBands): boolean {
  const [before, after] = [new Set(left), new Set(right)];
  const facesIt = (column: ReadonlySet<Segment>, neighbour: Segment | undefined): boolean =>
    neighbour === undefined || !column.has(neighbour);
  return (
    readsAsText(oneColumn(left.filter((segment) => facesIt(before, bands.rightOf(segment))))) &&
    readsAsText(oneColumn(right.filter((segment) => facesIt(after, bands.leftOf(segment)))))
  );
}

/** Below the end of a column, the one behind it faces the gutter, too; it stands apart from most lines. */
function oneColumn(segments: readonly Segment[]): readonly Segment[] {
  const [x0, x1] = [median(segments.map((segment) => segment.x0)), median(segments.map((segment) => segment.x1))];
  return segments.filter((segment) => segment.x0 < x1 && segment.x1 > x0);
}

/** Running text: several lines, most of them nearly as wide as the column, made of words rather than figures. */
function readsAsText(segments: readonly Segment[]): boolean {
  if (segments.length < 4) return false;
  const texts = segments.map(segmentText);
  const figures = texts.filter((text) => !/\p{L}{2}/u.test(text)).length;
  return (
    median(segments.map(widthOf)) >= 0.6 * columnWidth(segments) &&
    median(texts.map((text) => text.length)) >= 18 &&
    figures <= 0.2 * segments.length
  );
}

/** From edge to edge, without the tenth that stands out: a headline goes over the next column, too. */
const columnWidth = (segments: readonly Segment[]): number =>
  quantile(
    segments.map(({ x1 }) => x1),
    0.9,
  ) -
  quantile(
    segments.map(({ x0 }) => x0),
    0.1,
  );
