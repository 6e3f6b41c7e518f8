import {
  type Extent,
  extentAround,
  heightOf,
  middleOf,
  quantile,
  sharedHeight,
  sharedWidth,
  widthOf,
} from './extent.js';
import type { Segment } from './gather-segments.js';

/** Segments that stand on one baseline inside one column of the page, from left to right. */
export interface Row extends Extent {
  readonly segments: readonly Segment[];
  /** Height of the row's words: the upper quartile, so that dots and dashes do not count. */
  readonly wordHeight: number;
}

interface Draft {
  /** The widest segment, which sets the baseline. */
  readonly seed: Segment;
  readonly segments: Segment[];
}

/** Groups segments into rows, top to bottom. Wide segments set the baselines; short and small ones join the nearest. */
export function gatherRows(segments: readonly Segment[]): Row[] {
  const drafts: Draft[] = [];
  const bandHeight = Math.max(2 * quantile(segments.map(heightOf), 0.5), Number.MIN_VALUE);
  const bands = new Map<number, Draft[]>();
  const bandOf = (y: number): number => Math.floor(y / bandHeight);
  for (const segment of segments.toSorted((a, b) => widthOf(b) - widthOf(a) || a.y0 - b.y0 || a.x0 - b.x0)) {
    const middle = bandOf(middleOf(segment));
    const near = [middle - 1, middle, middle + 1].flatMap((band) => bands.get(band) ?? []);
    const home = segment.standsAlone ? undefined : nearestRow(near, segment);
    if (home) home.segments.push(segment);
    else {
      const draft = { seed: segment, segments: [segment] };
      drafts.push(draft);
      const open = bands.get(middle);
      if (open) open.push(draft);
      else bands.set(middle, [draft]);
    }
  }
  return drafts.map(({ segments: members }) => rowOf(members)).sort((a, b) => middleOf(a) - middleOf(b) || a.x0 - b.x0);
}

/** A row of the given segments, in any order. */
export function rowOf(segments: readonly Segment[]): Row {
  const heights = segments.flatMap(({ words }) => words.map(heightOf));
  return {
    ...extentAround(segments),
    segments: segments.toSorted((a, b) => a.x0 - b.x0 || a.y0 - b.y0),
    wordHeight: quantile(heights, 0.75),
  };
}

function nearestRow(drafts: readonly Draft[], segment: Segment): Draft | undefined {
  let best: Draft | undefined;
  let bestShare = 0.5;
  for (const draft of drafts) {
    const share = sharedHeight(draft.seed, segment) / Math.min(heightOf(draft.seed), heightOf(segment));
    if (draft.seed.standsAlone || share <= bestShare || draft.segments.some((other) => collide(other, segment)))
      continue;
    [best, bestShare] = [draft, share];
  }
  return best;
}

/** Two segments of one row may touch, not lie over each other. */
const collide = (a: Segment, b: Segment): boolean => sharedWidth(a, b) > 0.3 * Math.min(widthOf(a), widthOf(b));
