import { heightOf, sharedHeight } from './extent.js';
import type { Segment } from './gather-segments.js';

/** Of the lower of two segments, more than this stands beside the other when they are neighbours. */
const besideShare = 0.3;

/** Segments by the height they stand at, so that neighbours are found without looking at the whole page. */
export class SegmentBands {
  readonly #bands = new Map<number, Segment[]>();
  readonly #bandHeight: number;

  /** `bandHeight` in units of the segments, above 0. */
  constructor(segments: readonly Segment[], bandHeight: number) {
    this.#bandHeight = bandHeight;
    for (const segment of segments.toSorted((a, b) => a.x0 - b.x0 || a.y0 - b.y0)) {
      for (const band of this.#bandsOf(segment)) {
        const open = this.#bands.get(band);
        if (open) open.push(segment);
        else this.#bands.set(band, [segment]);
      }
    }
  }

  /** The nearest segment that stands to the right of this one, at its height. */
  rightOf(segment: Segment): Segment | undefined {
    return this.#nearest(segment, (other) => (other.x0 >= segment.x1 ? other.x0 - segment.x1 : Infinity));
  }

  leftOf(segment: Segment): Segment | undefined {
    return this.#nearest(segment, (other) => (other.x1 <= segment.x0 ? segment.x0 - other.x1 : Infinity));
  }

  #nearest(segment: Segment, distanceTo: (other: Segment) => number): Segment | undefined {
    let nearest: Segment | undefined;
    let smallest = Infinity;
    for (const band of this.#bandsOf(segment)) {
      for (const other of this.#bands.get(band) ?? []) {
        const distance = other === segment ? Infinity : distanceTo(other);
        if (distance < smallest && standsBeside(other, segment)) [nearest, smallest] = [other, distance];
      }
    }
    return nearest;
  }

  #bandsOf({ y0, y1 }: Segment): number[] {
    const first = Math.floor(y0 / this.#bandHeight);
    // A broken reading may hold a segment as high as many pages.
    const last = Math.min(Math.floor(y1 / this.#bandHeight), first + mostBands);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }
}

const mostBands = 400;

const standsBeside = (a: Segment, b: Segment): boolean =>
  sharedHeight(a, b) > besideShare * Math.min(heightOf(a), heightOf(b));
