import type { Box, PageLayout } from '@waybill/contracts';

/** A line read less surely than this is looked at. */
const soundLine = 0.7;
const mostRegions = 4;
/** When more than this share of the page is in doubt, the whole page is looked at instead. */
const mostOfPage = 0.4;
/** Around a region, in shares of the page. */
const margin = 0.01;

/** Parts of a page whose words are in doubt, and its figures: few and small, or none. Boxes as the layout has them. */
export function doubtfulRegions({ lines, figures = [] }: PageLayout): Box[] {
  const boxes = [...lines.filter(({ confidence }) => confidence < soundLine), ...figures].map(({ box }) =>
    widened(box),
  );
  const regions = boxes.reduce<Box[]>((found, box) => joined(found, box), []);
  const share = regions.reduce((sum, [x0, y0, x1, y1]) => sum + (x1 - x0) * (y1 - y0), 0);
  return regions.length <= mostRegions && share <= mostOfPage ? regions : [];
}

const widened = ([x0, y0, x1, y1]: Box): Box => [
  Math.max(0, x0 - margin),
  Math.max(0, y0 - margin),
  Math.min(1, x1 + margin),
  Math.min(1, y1 + margin),
];

/** Adds a box; boxes that touch become one. */
function joined(regions: readonly Box[], box: Box): Box[] {
  const touching = regions.filter((other) => touch(other, box));
  if (touching.length === 0) return [...regions, box];
  const one = touching.reduce(hullOf, box);
  return joined(
    regions.filter((other) => !touching.includes(other)),
    one,
  );
}

const touch = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
const hullOf = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];
