import type { GrayImage } from './gray-image.js';
import { inkLimitsOf } from './ink-limits.js';
import { inkRunsOf, roomForRuns } from './ink-runs.js';

/** Connected ink: its bounding box in pixels (x1 and y1 exclusive) and how many of its pixels are ink. */
export interface Mark {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  pixels: number;
}

/** The runs of one row, each with the mark that it belongs to. */
interface Row {
  readonly places: Int32Array;
  readonly labels: Int32Array;
  count: number;
}

/** Finds all connected ink (8 neighbours) darker than what surrounds it, so that shadows on a photo are no ink. */
export function findMarks(image: GrayImage): Mark[] {
  const limits = inkLimitsOf(image);
  const labelled = new LabelledMarks();
  let [above, row] = [rowOf(image.width), rowOf(image.width)];
  for (let y = 0; y < image.height; y += 1) {
    row.count = inkRunsOf(image, y, limits, row.places);
    labelled.add(y, row, above);
    [above, row] = [row, above];
  }
  return labelled.joined();
}

const rowOf = (width: number): Row => ({ places: roomForRuns(width), labels: new Int32Array(width + 2), count: 0 });

/** Marks under way: those that turn out to be one have a common root among their labels, the first of them. */
class LabelledMarks {
  readonly #marks: Mark[] = [];
  readonly #parents: number[] = [];

  /** Adds the runs of row `y`, which are joined with those that they touch in the row above. */
  add(y: number, { places, labels, count }: Row, above: Row): void {
    let first = 0;
    for (let run = 0; run < count; run += 1) {
      const [start, end] = [places[2 * run] as number, places[2 * run + 1] as number];
      while (first < above.count && (above.places[2 * first + 1] as number) < start) first += 1;
      let label = -1;
      for (let upper = first; upper < above.count && (above.places[2 * upper] as number) <= end; upper += 1) {
        const root = this.#rootOf(above.labels[upper] as number);
        label = label < 0 ? root : this.#join(label, root);
      }
      labels[run] = label < 0 ? this.#begin(start, end, y) : label;
      if (label >= 0) growBy(this.#marks[label] as Mark, start, end, y);
    }
  }

  /** All marks, whole. */
  joined(): Mark[] {
    const whole: Mark[] = [];
    this.#marks.forEach((mark, label) => {
      const root = this.#marks[this.#rootOf(label)];
      if (!root || root === mark) whole.push(mark);
      else grow(root, mark);
    });
    return whole;
  }

  #begin(start: number, end: number, y: number): number {
    this.#parents.push(this.#parents.length);
    return this.#marks.push({ x0: start, y0: y, x1: end, y1: y + 1, pixels: end - start }) - 1;
  }

  /** @returns the label that both have now */
  #join(one: number, other: number): number {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    this.#parents[high] = low;
    return low;
  }

  #rootOf(label: number): number {
    let root = label;
    while (this.#parents[root] !== root) root = this.#parents[root] ?? root;
    this.#parents[label] = root;
    return root;
  }
}

function growBy(mark: Mark, start: number, end: number, y: number): void {
  if (start < mark.x0) mark.x0 = start;
  if (end > mark.x1) mark.x1 = end;
  mark.y1 = y + 1;
  mark.pixels += end - start;
}

function grow(mark: Mark, other: Mark): void {
  mark.x0 = Math.min(mark.x0, other.x0);
  mark.y0 = Math.min(mark.y0, other.y0);
  mark.x1 = Math.max(mark.x1, other.x1);
  mark.y1 = Math.max(mark.y1, other.y1);
  mark.pixels += other.pixels;
}
