import { type Extent, heightOf, middleOf, widthOf } from './extent.js';
import { gatherSegments, type Segment } from './gather-segments.js';
import type { PlacedWord, UprightPage } from './upright-page.js';

/** Slopes below this are left alone: over a page's width they move a line by less than half its height. */
const smallestSlope = 0.002;
const largestSlope = 0.1;

/** Shears away the slant that an engine did not report, measured on the longest runs of words. */
export function levelPage(page: UprightPage): UprightPage {
  const slope = commonSlope(gatherSegments(page.words).segments);
  if (Math.abs(slope) < smallestSlope || Math.abs(slope) > largestSlope) return page;
  const sheared = <Thing extends Extent>(thing: Thing, factor: number): Thing => {
    const lift = (factor * (thing.x0 + thing.x1)) / 2;
    return { ...thing, y0: thing.y0 - lift, y1: thing.y1 - lift };
  };
  return {
    ...page,
    words: page.words.map((word) => sheared(word, slope)),
    rules: page.rules.map((rule) => sheared(rule, slope)),
    squares: page.squares.map((square) => sheared(square, slope)),
    pictures: page.pictures.map((picture) => sheared(picture, slope)),
    toDisplayed: (extent) => page.toDisplayed(sheared(extent, -slope)),
  };
}

/** The median slope of segments, each counting by its width; 0 without enough evidence. */
function commonSlope(segments: readonly Segment[]): number {
  const slopes = segments
    .filter((segment) => segment.words.length >= 4 && widthOf(segment) > 8 * heightOf(segment))
    .map((segment) => ({ slope: slopeOf(segment.words), weight: widthOf(segment) }))
    .sort((a, b) => a.slope - b.slope);
  if (slopes.length < 4) return 0;
  const half = slopes.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  for (const { slope, weight } of slopes) {
    passed += weight;
    if (passed >= half) return slope;
  }
  return 0;
}

/** Least squares through the words' middles. */
function slopeOf(words: readonly PlacedWord[]): number {
  const points = words.map((word) => [(word.x0 + word.x1) / 2, middleOf(word)] as const);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
