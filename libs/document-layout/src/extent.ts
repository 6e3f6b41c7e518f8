/** A rectangle on the upright page: x to the right, y down, in the units of the reading, `x0 <= x1` and `y0 <= y1`. */
export interface Extent {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export const widthOf = (extent: Extent): number => extent.x1 - extent.x0;
export const heightOf = (extent: Extent): number => extent.y1 - extent.y0;
export const middleOf = (extent: Extent): number => (extent.y0 + extent.y1) / 2;

/** Shared length on the x axis; negative is the gap between the two. */
export const sharedWidth = (a: Extent, b: Extent): number => Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
/** Shared length on the y axis; negative is the gap between the two. */
export const sharedHeight = (a: Extent, b: Extent): number => Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);

/** The smallest rectangle around all; a point at the origin for none. */
export function extentAround(extents: readonly Extent[]): Extent {
  const [first] = extents;
  if (!first) return { x0: 0, y0: 0, x1: 0, y1: 0 };
  let { x0, y0, x1, y1 } = first;
  for (const extent of extents) {
    x0 = Math.min(x0, extent.x0);
    y0 = Math.min(y0, extent.y0);
    x1 = Math.max(x1, extent.x1);
    y1 = Math.max(y1, extent.y1);
  }
  return { x0, y0, x1, y1 };
}

/** The value below which `share` (0..1) of the values lie; `otherwise` for none. */
export function quantile(values: readonly number[], share: number, otherwise = 0): number {
  if (values.length === 0) return otherwise;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? otherwise;
}

export const median = (values: readonly number[], otherwise = 0): number => quantile(values, 0.5, otherwise);
