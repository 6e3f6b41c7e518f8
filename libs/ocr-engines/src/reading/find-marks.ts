import type { GrayImage } from './gray-image.js';

/** Connected ink: its bounding box in pixels (x1 and y1 exclusive) and how many of its pixels are ink. */
export interface Mark {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  pixels: number;
}

/** Ink is darker than this share of the mean around it (Bradley and Roth, 2007, use 0.85), and by this many steps. */
const inkShare = 0.85;
const inkSteps = 14;
/** Whatever surrounds it. */
const lightestInk = Math.min(255 * inkShare, 255 - inkSteps);
/** The side of the square around a pixel that its mean is taken over, as a share of the shorter side. */
const surroundingShare = 1 / 12;
const surroundingMinPixels = 24;

/** Finds all connected ink (8 neighbours) darker than what surrounds it, so that shadows on a photo are no ink. */
export function findMarks(image: GrayImage): Mark[] {
  const isInk = inkRowsOf(image);
  const { width, height } = image;
  const marks: Mark[] = [];
  const parents: number[] = [];
  const rootOf = (label: number): number => {
    let root = label;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[label] = root;
    return root;
  };
  let above: Run[] = [];
  for (let y = 0; y < height; y += 1) {
    const runs = runsOf(isInk, y, width);
    let first = 0;
    for (const run of runs) {
      while (first < above.length && (above[first]?.end ?? 0) < run.start) first += 1;
      for (let index = first; index < above.length; index += 1) {
        const upper = above[index];
        if (!upper || upper.start > run.end) break;
        const root = rootOf(upper.label);
        if (run.label < 0) run.label = root;
        else parents[Math.max(root, rootOf(run.label))] = Math.min(root, rootOf(run.label));
      }
      if (run.label < 0) {
        run.label = parents.length;
        parents.push(run.label);
        marks.push({ x0: run.start, y0: y, x1: run.end, y1: y + 1, pixels: 0 });
      }
      const mark = marks[run.label];
      if (mark) grow(mark, { x0: run.start, y0: y, x1: run.end, y1: y + 1, pixels: run.end - run.start });
    }
    above = runs;
  }
  return joined(marks, rootOf);
}

interface Run {
  start: number;
  end: number;
  label: number;
}

function runsOf(isInk: Uint8Array, y: number, width: number): Run[] {
  const runs: Run[] = [];
  const row = isInk.subarray(y * width, (y + 1) * width);
  for (let start = row.indexOf(1); start >= 0;) {
    const paper = row.indexOf(0, start);
    const end = paper < 0 ? width : paper;
    runs.push({ start, end, label: -1 });
    start = paper < 0 ? -1 : row.indexOf(1, end);
  }
  return runs;
}

/**
 * 1 where a pixel is ink. Sums over the surrounding square come from sums of columns that slide down the page, added up along each row;
 * paper, which is most of a page, asks for none.
 */
function inkRowsOf({ data, width, height }: GrayImage): Uint8Array {
  const isInk = new Uint8Array(width * height);
  const reach = Math.max(surroundingMinPixels, Math.round(Math.min(width, height) * surroundingShare)) >> 1;
  const columns = new Int32Array(width);
  const sums = new Int32Array(width + 1);
  const none = new Uint8Array(width);
  for (let y = 0; y < Math.min(reach, height); y += 1) {
    for (let x = 0, at = y * width; x < width; x += 1, at += 1)
      columns[x] = (columns[x] as number) + (data[at] as number);
  }
  for (let y = 0; y < height; y += 1) {
    const entering = y + reach < height ? data.subarray((y + reach) * width, (y + reach + 1) * width) : none;
    const leaving = y > reach ? data.subarray((y - reach - 1) * width, (y - reach) * width) : none;
    for (let x = 0, sum = 0; x < width; x += 1) {
      const column = (columns[x] as number) + (entering[x] as number) - (leaving[x] as number);
      columns[x] = column;
      sum += column;
      sums[x + 1] = sum;
    }
    const rows = Math.min(height - 1, y + reach) - Math.max(0, y - reach) + 1;
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const value = data[at] as number;
      // The mean of no surrounding is lighter than white.
      if (value >= lightestInk) continue;
      const [left, right] = [x > reach ? x - reach : 0, x + reach < width ? x + reach + 1 : width];
      const sum = (sums[right] as number) - (sums[left] as number);
      const around = rows * (right - left);
      if (value * around < sum * inkShare && (value + inkSteps) * around < sum) isInk[at] = 1;
    }
  }
  return isInk;
}

function joined(marks: readonly Mark[], rootOf: (label: number) => number): Mark[] {
  const whole: Mark[] = [];
  marks.forEach((mark, label) => {
    const root = marks[rootOf(label)];
    if (!root || root === mark) whole.push(mark);
    else grow(root, mark);
  });
  return whole;
}

function grow(mark: Mark, other: Mark): void {
  mark.x0 = Math.min(mark.x0, other.x0);
  mark.y0 = Math.min(mark.y0, other.y0);
  mark.x1 = Math.max(mark.x1, other.x1);
  mark.y1 = Math.max(mark.y1, other.y1);
  mark.pixels += other.pixels;
}
