export interface RuleMeasures {
  /** Length of all lying rules in widths of the page, and of all standing ones in heights of it. */
  readonly lying: number;
  readonly standing: number;
  /** How many there are. */
  readonly lyingCount: number;
  readonly standingCount: number;
}

/** Of the page's side: text makes no runs of ink this long. */
const shortestShare = 1 / 12;
const shortestPixels = 24;
/** Pixels that may be missing inside a rule. */
const gapPixels = 1;

/** Ruled lines: long thin runs of ink along the rows and columns. Bars and the insides of pictures are none. */
export function measureRules(ink: Uint8Array, width: number, height: number): RuleMeasures {
  const lying = rulesAlong(ink, { length: width, step: 1, count: height, stride: width });
  const standing = rulesAlong(ink, { length: height, step: width, count: width, stride: 1 });
  return {
    lying: lying.pixels / width,
    standing: standing.pixels / height,
    lyingCount: lying.count,
    standingCount: standing.count,
  };
}

interface Walk {
  readonly length: number;
  readonly step: number;
  readonly count: number;
  readonly stride: number;
}

/** A rule is a long run of ink with little ink just before it and a few lines further on. */
function rulesAlong(ink: Uint8Array, walk: Walk): { count: number; pixels: number } {
  const shortest = Math.max(shortestPixels, walk.length * shortestShare);
  const further = Math.max(3, Math.round(walk.count / 200));
  let [count, pixels] = [0, 0];
  for (let line = 0; line < walk.count; line += 1) {
    for (const run of runsOf(ink, line, walk, shortest)) {
      const half = 0.5 * (run.end - run.start);
      if (inkOf(ink, run, line - 1, walk) > half || inkOf(ink, run, line + further, walk) > half) continue;
      count += 1;
      pixels += run.end - run.start;
    }
  }
  return { count, pixels };
}

interface Run {
  readonly start: number;
  readonly end: number;
}

function runsOf(ink: Uint8Array, line: number, { length, step, stride }: Walk, shortest: number): Run[] {
  const runs: Run[] = [];
  let [start, end] = [-1, 0];
  for (let place = 0, at = line * stride; place < length; place += 1, at += step) {
    if (ink[at] === 0) continue;
    if (start >= 0 && place - end > gapPixels) {
      if (end - start >= shortest) runs.push({ start, end });
      start = -1;
    }
    if (start < 0) start = place;
    end = place + 1;
  }
  if (start >= 0 && end - start >= shortest) runs.push({ start, end });
  return runs;
}

function inkOf(ink: Uint8Array, { start, end }: Run, line: number, { count, step, stride }: Walk): number {
  if (line < 0 || line >= count) return 0;
  let sum = 0;
  for (let place = start, at = line * stride + start * step; place < end; place += 1, at += step) {
    sum += ink[at] as number;
  }
  return sum;
}
