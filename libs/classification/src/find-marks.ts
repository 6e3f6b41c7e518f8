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

/** All connected ink (8 neighbours) of a page whose pixels are 1 where there is ink. */
export function findMarks(ink: Uint8Array, width: number, height: number): Mark[] {
  const room = Math.min(mostRuns, Math.ceil((width + 1) / 2) * height) + width;
  const starts = new Int32Array(room);
  const ends = new Int32Array(room);
  const rows = new Int32Array(room);
  const parents = new Int32Array(room);
  const rootOf = (run: number): number => {
    let root = run;
    while (parents[root] !== root) root = parents[root] as number;
    parents[run] = root;
    return root;
  };
  let [count, above, aboveEnd] = [0, 0, 0];
  for (let y = 0; y < height && count < mostRuns; y += 1) {
    const first = count;
    for (let x = 0, at = y * width; x < width; x += 1) {
      if (ink[at + x] === 0) continue;
      const start = x;
      while (x < width && ink[at + x] === 1) x += 1;
      starts[count] = start;
      ends[count] = x;
      rows[count] = y;
      parents[count] = count;
      while (above < aboveEnd && (ends[above] as number) < start) above += 1;
      for (let upper = above; upper < aboveEnd && (starts[upper] as number) <= x; upper += 1) {
        const [one, other] = [rootOf(upper), rootOf(count)];
        if (one < other) parents[other] = one;
        else parents[one] = other;
      }
      count += 1;
    }
    [above, aboveEnd] = [first, count];
  }
  return gather(count, { starts, ends, rows }, rootOf);
}

function gather(
  count: number,
  { starts, ends, rows }: Readonly<Record<'starts' | 'ends' | 'rows', Int32Array>>,
  rootOf: (run: number) => number,
): Mark[] {
  const marks = new Map<number, { x0: number; y0: number; x1: number; y1: number; pixels: number }>();
  for (let run = 0; run < count; run += 1) {
    const root = rootOf(run);
    const [x0, x1, y] = [starts[run] as number, ends[run] as number, rows[run] as number];
    const mark = marks.get(root);
    if (!mark) {
      marks.set(root, { x0, y0: y, x1, y1: y + 1, pixels: x1 - x0 });
      continue;
    }
    if (x0 < mark.x0) mark.x0 = x0;
    if (x1 > mark.x1) mark.x1 = x1;
    mark.y1 = y + 1;
    mark.pixels += x1 - x0;
  }
  return [...marks.values()];
}
