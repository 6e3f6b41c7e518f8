/** A row or a column of pixels: where it begins among all, how many there are, and how far apart they lie. */
export interface PixelLine {
  readonly from: number;
  readonly length: number;
  readonly step: number;
}

export interface RunOptions {
  /** Pixels are ink below this shade. */
  readonly inkBelow: number;
  /** Shorter runs, in pixels, are not wanted. */
  readonly least: number;
  /** Pixels that may be missing inside a run. */
  readonly gap: number;
}

/**
 * Long runs of ink on a line, from start to end (exclusive). A run that long cannot be stepped over, so most pixels are never looked at:
 * only where a step meets ink the run around it is followed.
 */
export function longRuns(
  data: Uint8Array,
  { from, length, step }: PixelLine,
  { inkBelow, least, gap }: RunOptions,
): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  const stride = Math.max(1, Math.ceil(least) - gap);
  const isInk = (place: number): boolean => (data[from + place * step] as number) < inkBelow;
  /** The last ink from a place on, either way, over gaps. */
  const follow = (place: number, way: 1 | -1): number => {
    let last = place;
    for (let next = place + way; next >= 0 && next < length && Math.abs(next - last) <= gap + 1; next += way) {
      if (isInk(next)) last = next;
    }
    return last;
  };
  for (let place = stride - 1; place < length; place += stride) {
    let met = place;
    while (met <= place + gap && met < length && !isInk(met)) met += 1;
    if (met > place + gap || met >= length) continue;
    const [start, end] = [follow(met, -1), follow(met, 1) + 1];
    if (end - start >= least) runs.push({ start, end });
    place = Math.max(place, end + gap);
  }
  return runs;
}
