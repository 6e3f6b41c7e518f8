import { type Extent, extentAround, heightOf, median, widthOf } from './extent.js';
import { type PageMeasure, type Segment, segmentText } from './gather-segments.js';

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Segments that no other strip shares a height with. */
interface Strip extends Extent {
  readonly segments: readonly Segment[];
  /** Free stretches of the x axis between its segments. */
  readonly gaps: readonly Gap[];
}

interface Gutter extends Gap {
  readonly first: number;
  readonly last: number;
}

const deepestCut = 6;

/**
 * Cuts a page into regions in reading order: text that stands in columns is read column by column. Gaps inside tables,
 * forms and receipts are no gutters, because what stands beside them is not running text.
 */
export function cutColumns(segments: readonly Segment[], measure: PageMeasure, depth = 0): Segment[][] {
  if (segments.length === 0) return [];
  const strips = cutStrips(segments);
  const gutter = depth < deepestCut ? findGutter(strips, measure) : undefined;
  if (!gutter) return [[...segments]];
  const within = strips.slice(gutter.first, gutter.last + 1).flatMap((strip) => strip.segments);
  const middle = (gutter.from + gutter.to) / 2;
  const parts = [
    strips.slice(0, gutter.first).flatMap((strip) => strip.segments),
    within.filter((segment) => segment.x0 < middle),
    within.filter((segment) => segment.x0 >= middle),
    strips.slice(gutter.last + 1).flatMap((strip) => strip.segments),
  ];
  return parts.flatMap((part) => cutColumns(part, measure, depth + 1));
}

function cutStrips(segments: readonly Segment[]): Strip[] {
  const groups: Segment[][] = [];
  let bottom = -Infinity;
  for (const segment of segments.toSorted((a, b) => a.y0 - b.y0)) {
    // Line boxes of a text layer include leading and may overlap a little.
    const slack = 0.2 * heightOf(segment);
    if (segment.y0 + slack >= bottom) groups.push([segment]);
    else groups.at(-1)?.push(segment);
    bottom = Math.max(bottom, segment.y1 - slack);
  }
  return groups.map((group) => ({ ...extentAround(group), segments: group, gaps: gapsBetween(group) }));
}

function gapsBetween(segments: readonly Extent[]): Gap[] {
  const gaps: Gap[] = [];
  let end = Infinity;
  for (const segment of segments.toSorted((a, b) => a.x0 - b.x0)) {
    if (segment.x0 > end) gaps.push({ from: end, to: segment.x0 });
    end = end === Infinity ? segment.x1 : Math.max(end, segment.x1);
  }
  return gaps;
}

/** The gutter that runs along the most text, or undefined when the strips read as one column. */
function findGutter(strips: readonly Strip[], measure: PageMeasure): Gutter | undefined {
  const narrowest = 0.9 * measure.wordHeight;
  const seen = new Set<string>();
  let best: Gutter | undefined;
  let longest = 0;
  for (const [place, strip] of strips.entries()) {
    for (const gap of strip.gaps) {
      const gutter = extendGutter(strips, place, gap, narrowest);
      const key = `${gutter.first}-${gutter.last}-${gutter.from}`;
      if (gutter.to - gutter.from < narrowest || seen.has(key)) continue;
      seen.add(key);
      const length = (strips[gutter.last]?.y1 ?? 0) - (strips[gutter.first]?.y0 ?? 0);
      if (length > longest && separatesText(strips, gutter, measure)) [best, longest] = [gutter, length];
    }
  }
  return best;
}

/** Follows a gap up and down while the strips leave it free. */
function extendGutter(strips: readonly Strip[], place: number, gap: Gap, narrowest: number): Gutter {
  let { from, to } = gap;
  const narrow = (strip: Strip | undefined): boolean => {
    if (!strip) return false;
    const free = freeWithin(strip, { from, to });
    if (!free || free.to - free.from < narrowest) return false;
    ({ from, to } = free);
    return true;
  };
  let [first, last] = [place, place];
  while (narrow(strips[last + 1])) last += 1;
  while (narrow(strips[first - 1])) first -= 1;
  // Lines above that stand on one side only come before the columns anyway.
  while (first < place && !strips[first]?.gaps.some((other) => other.from <= from && other.to >= to)) first += 1;
  return { from, to, first, last };
}

/** The widest part of a gap that a strip leaves free, its margins included. */
function freeWithin(strip: Strip, gap: Gap): Gap | undefined {
  const free = [{ from: -Infinity, to: strip.x0 }, ...strip.gaps, { from: strip.x1, to: Infinity }]
    .map(({ from, to }) => ({ from: Math.max(from, gap.from), to: Math.min(to, gap.to) }))
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  return free[0];
}

function separatesText(strips: readonly Strip[], gutter: Gutter, measure: PageMeasure): boolean {
  const within = strips.slice(gutter.first, gutter.last + 1).flatMap((strip) => strip.segments);
  const left = within.filter((segment) => segment.x1 <= gutter.from + measure.wordHeight);
  const right = within.filter((segment) => segment.x0 >= gutter.to - measure.wordHeight);
  return readsAsText(left) && readsAsText(right);
}

/** Running text: several lines, most of them nearly as wide as the column, made of words rather than figures. */
function readsAsText(segments: readonly Segment[]): boolean {
  if (segments.length < 4) return false;
  const column = widthOf(extentAround(segments));
  const texts = segments.map(segmentText);
  const figures = texts.filter((text) => !/\p{L}{2}/u.test(text)).length;
  return (
    median(segments.map(widthOf)) >= 0.6 * column &&
    median(texts.map((text) => text.length)) >= 18 &&
    figures <= 0.2 * segments.length
  );
}
