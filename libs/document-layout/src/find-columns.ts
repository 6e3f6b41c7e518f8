import { type Extent, sharedWidth, widthOf } from './extent.js';
import type { Row } from './gather-rows.js';
import { type Segment, segmentOf, segmentText } from './gather-segments.js';

/** A free stretch between two columns of a table. */
export interface Corridor {
  readonly from: number;
  readonly to: number;
}

/** A segment (or a piece of one) and the columns it stands in, both ends included. */
export interface ColumnPiece {
  readonly segment: Segment;
  readonly first: number;
  readonly last: number;
}

/**
 * The corridors between columns of consecutive rows, from left to right: stretches that few rows cover and that enough
 * rows have text on both sides of. Titles and labels that run over several columns are the few.
 */
export function findCorridors(rows: readonly Row[], narrowest: number): Corridor[] {
  const split = rows.filter((row) => row.segments.length > 1);
  if (split.length < 2) return [];
  const covered = Math.max(split.length < 5 ? 0 : 1, Math.floor(0.12 * split.length));
  const support = Math.max(2, 0.25 * split.length);
  const stretches = freeStretches(split, covered).filter(({ from, to }) => to - from >= narrowest);
  return stretches
    .flatMap((stretch) => cutAtSparseColumns(stretch, split, narrowest))
    .filter((corridor) => split.filter((row) => standsOnBothSides(row, corridor)).length >= support);
}

/** Maximal stretches inside the rows' extent that at most `covered` rows cover. */
function freeStretches(rows: readonly Row[], covered: number): Corridor[] {
  const events = rows
    .flatMap((row) => row.segments)
    .flatMap((segment) => [
      { at: segment.x0, change: 1 },
      { at: segment.x1, change: -1 },
    ])
    .sort((a, b) => a.at - b.at || b.change - a.change);
  const stretches: Corridor[] = [];
  let depth = 0;
  let from: number | undefined;
  let started = false;
  for (const { at, change } of events) {
    depth += change;
    if (depth > covered) {
      if (from !== undefined && started) stretches.push({ from, to: at });
      from = undefined;
      started = true;
    } else from ??= at;
  }
  return stretches;
}

/** A column that only a few rows fill stands inside a free stretch: two such segments over each other cut it. */
function cutAtSparseColumns(stretch: Corridor, rows: readonly Row[], narrowest: number): Corridor[] {
  const inside = rows
    .flatMap((row) => row.segments)
    .filter(({ x0, x1 }) => x0 >= stretch.from + narrowest && x1 <= stretch.to - narrowest);
  const groups: { x0: number; x1: number; count: number }[] = [];
  for (const { x0, x1 } of inside.sort((a, b) => a.x0 - b.x0)) {
    const group = groups.at(-1);
    if (group && x0 <= group.x1) {
      group.x1 = Math.max(group.x1, x1);
      group.count += 1;
    } else groups.push({ x0, x1, count: 1 });
  }
  const columns = groups.filter(({ count }) => count >= 2);
  const edges = [stretch.from, ...columns.flatMap(({ x0, x1 }) => [x0, x1]), stretch.to];
  return columns.length === 0
    ? [stretch]
    : Array.from({ length: columns.length + 1 }, (_, at) => ({ from: edges[2 * at] ?? 0, to: edges[2 * at + 1] ?? 0 }));
}

function standsOnBothSides(row: Row, { from, to }: Corridor): boolean {
  const middle = (from + to) / 2;
  return row.segments.some((segment) => segment.x1 <= middle) && row.segments.some((segment) => segment.x0 >= middle);
}

/** Places a segment in columns; where words part at a corridor that the segment crosses, it is cut there. */
export function placeInColumns(segment: Segment, corridors: readonly Corridor[], narrowest: number): ColumnPiece[] {
  const range = columnRange(segment, corridors);
  if (range.first === range.last) return [{ segment, ...range }];
  for (let at = range.first; at < range.last; at += 1) {
    const corridor = corridors[at];
    const cut = corridor ? wordGapIn(segment, corridor, narrowest) : -1;
    if (cut <= 0) continue;
    return [segment.words.slice(0, cut), segment.words.slice(cut)].flatMap((words) =>
      placeInColumns(segmentOf(words), corridors, narrowest),
    );
  }
  return [{ segment, ...range }];
}

/** Columns that an extent reaches. One that stands inside a corridor, between two columns, spans both. */
export function columnRange(extent: Extent, corridors: readonly Corridor[]): { first: number; last: number } {
  const slack = 0.05 * widthOf(extent);
  const first = corridors.filter(({ from }) => from <= extent.x0 + slack).length;
  const last = corridors.filter(({ to }) => to < extent.x1 - slack).length;
  if (first <= last) return { first, last };
  const corridor = corridors[last];
  if (!corridor) return { first: last, last };
  const [before, after] = [extent.x0 - corridor.from, corridor.to - extent.x1];
  return before < after ? { first: last, last } : { first, last: first };
}

/** Where a segment's words part inside a corridor: the place of the word after it, or -1. */
function wordGapIn(segment: Segment, corridor: Corridor, narrowest: number): number {
  return segment.words.findIndex((word, place) => {
    const last = segment.words[place - 1];
    if (!last) return false;
    const gap = { x0: last.x1, x1: word.x0, y0: 0, y1: 0 };
    const shared = sharedWidth(gap, { x0: corridor.from, x1: corridor.to, y0: 0, y1: 0 });
    return gap.x1 - gap.x0 >= narrowest && shared >= 0.6 * Math.min(widthOf(gap), corridor.to - corridor.from);
  });
}

/** A piece that holds figures or signs rather than words. */
export const isFigure = ({ segment }: ColumnPiece): boolean => !/\p{L}{3}/u.test(segmentText(segment));
