import type { PageInk } from './find-ink.js';

/** Connected ink: its bounding box in pixels (x1 and y1 exclusive) and how many of its pixels are ink. */
export interface Mark {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly pixels: number;
}

/** Pictures fall into a great many pieces, and after this many nothing new is learned. */
const mostRuns = 120_000;

/** All connected ink (8 neighbours) of a page. */
export function findMarks({ height, starts, ends, firstOfRow }: PageInk): Mark[] {
  const parents = new Int32Array(Math.min(mostRuns, firstOfRow[height] as number));
  const count = parents.length;
  for (let run = 0; run < count; run += 1) parents[run] = run;
  for (let y = 1; y < height; y += 1) {
    const first = firstOfRow[y] as number;
    const end = Math.min(count, firstOfRow[y + 1] as number);
    let above = firstOfRow[y - 1] as number;
    for (let run = first; run < end; run += 1) {
      const [start, after] = [starts[run] as number, ends[run] as number];
      while (above < first && (ends[above] as number) < start) above += 1;
      for (let upper = above; upper < first && (starts[upper] as number) <= after; upper += 1) {
        const [one, other] = [rootOf(parents, upper), rootOf(parents, run)];
        if (one < other) parents[other] = one;
        else parents[one] = other;
      }
    }
  }
  return gather({ height, starts, ends, firstOfRow }, parents);
}

function rootOf(parents: Int32Array, run: number): number {
  let root = run;
  while (parents[root] !== root) root = parents[root] as number;
  parents[run] = root;
  return root;
}

function gather(
  { height, starts, ends, firstOfRow }: Pick<PageInk, 'height' | 'starts' | 'ends' | 'firstOfRow'>,
  parents: Int32Array,
): Mark[] {
  const marks: { x0: number; y0: number; x1: number; y1: number; pixels: number }[] = [];
  // A root is the first run of its mark, so that it is met before the others.
  const places = new Int32Array(parents.length);
  for (let y = 0; y < height; y += 1) {
    const end = Math.min(parents.length, firstOfRow[y + 1] as number);
    for (let run = firstOfRow[y] as number; run < end; run += 1) {
      const root = rootOf(parents, run);
      const [x0, x1] = [starts[run] as number, ends[run] as number];
      const mark = root === run ? undefined : marks[places[root] as number];
      if (!mark) {
        places[run] = marks.push({ x0, y0: y, x1, y1: y + 1, pixels: x1 - x0 }) - 1;
        continue;
      }
      if (x0 < mark.x0) mark.x0 = x0;
      if (x1 > mark.x1) mark.x1 = x1;
      mark.y1 = y + 1;
      mark.pixels += x1 - x0;
    }
  }
  return marks;
}
