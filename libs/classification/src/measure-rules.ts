import type { PageInk } from './find-ink.js';

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
export function measureRules(ink: PageInk): RuleMeasures {
  const { width, height } = ink;
  const lying = rulesAmong(ink, lyingLines(ink), { step: 1, count: height, stride: width });
  const standing = rulesAmong(ink, standingLines(ink), { step: width, count: width, stride: 1 });
  return {
    lying: lying.pixels / width,
    standing: standing.pixels / height,
    lyingCount: lying.count,
    standingCount: standing.count,
  };
}

/** Ink along one row or column (`at`), with gaps of at most a pixel. */
interface Line {
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** How far apart the pixels of a row or column lie in memory, how many rows or columns there are, and how far apart these lie. */
interface Walk {
  readonly step: number;
  readonly count: number;
  readonly stride: number;
}

const shortestOf = (length: number): number => Math.max(shortestPixels, length * shortestShare);

function lyingLines({ width, height, starts, ends, firstOfRow }: PageInk): Line[] {
  const shortest = shortestOf(width);
  const lines: Line[] = [];
  for (let y = 0; y < height; y += 1) {
    let [start, end] = [-1, 0];
    for (let run = firstOfRow[y] as number; run < (firstOfRow[y + 1] as number); run += 1) {
      const from = starts[run] as number;
      if (start >= 0 && from - end > gapPixels) {
        if (end - start >= shortest) lines.push({ at: y, start, end });
        start = -1;
      }
      if (start < 0) start = from;
      end = ends[run] as number;
    }
    if (start >= 0 && end - start >= shortest) lines.push({ at: y, start, end });
  }
  return lines;
}

/** All columns at once, row after row. */
function standingLines({ width, height, starts, ends, firstOfRow }: PageInk): Line[] {
  const shortest = shortestOf(height);
  const lines: Line[] = [];
  const tops = new Int32Array(width).fill(-1);
  const bottoms = new Int32Array(width);
  for (let y = 0; y < height; y += 1) {
    for (let run = firstOfRow[y] as number; run < (firstOfRow[y + 1] as number); run += 1) {
      for (let x = starts[run] as number; x < (ends[run] as number); x += 1) {
        const [top, bottom] = [tops[x] as number, bottoms[x] as number];
        if (top < 0) tops[x] = y;
        else if (y - bottom > gapPixels) {
          if (bottom - top >= shortest) lines.push({ at: x, start: top, end: bottom });
          tops[x] = y;
        }
        bottoms[x] = y + 1;
      }
    }
  }
  tops.forEach((start, at) => {
    const end = bottoms[at] as number;
    if (start >= 0 && end - start >= shortest) lines.push({ at, start, end });
  });
  return lines;
}

/** A rule is a long line with little ink just before it and a few lines further on. */
function rulesAmong({ pixels: ink }: PageInk, lines: readonly Line[], walk: Walk): { count: number; pixels: number } {
  const further = Math.max(3, Math.round(walk.count / 200));
  let [count, pixels] = [0, 0];
  for (const line of lines) {
    const half = 0.5 * (line.end - line.start);
    if (inkBeside(ink, line, line.at - 1, walk) > half || inkBeside(ink, line, line.at + further, walk) > half)
      continue;
    count += 1;
    pixels += line.end - line.start;
  }
  return { count, pixels };
}

function inkBeside(ink: Uint8Array, { start, end }: Line, beside: number, { count, step, stride }: Walk): number {
  if (beside < 0 || beside >= count) return 0;
  let sum = 0;
  for (let place = start, at = beside * stride + start * step; place < end; place += 1, at += step) {
    sum += ink[at] as number;
  }
  return sum;
}
