import type { DrawnSquare, PageRaster } from '@waybill/document-layout';
import { longRuns } from './long-runs.js';

/** Ink, in gray steps. */
const inkBelow = 150;
/** Sides of a square that a cross goes into. */
const smallestPoints = 6;
const largestPoints = 24;
const smallestPixels = 9;
/** Where the density is not known: of the picture's longer side. */
const smallestShare = 1 / 180;
const largestShare = 1 / 28;
const pointsPerInch = 72;
/** Its lines are at most this thick, in shares of the side. */
const thickestShare = 0.2;
/** The sides may have gaps of a bad copy. */
const inkedShare = 0.85;
/** Beside it there is less ink than this. */
const quietShare = 0.25;
/** More ink than this inside, in shares of the area within its lines, is a cross; an engine's dust is less. */
const markedShare = 0.05;
/** A page with more edges of this length is a pattern or a photo. */
const mostEdges = 4_000;

interface Edge {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  bottom: number;
}

/**
 * Small squares drawn on a page, as forms have for crosses, and whether anything stands in them; in the unit of the
 * displayed page `shown`. Squares that touch others, as in tables and combs of letters, are none. Pages aslant show none.
 */
export function findSquares(
  raster: PageRaster,
  shown: { readonly width: number; readonly height: number },
): DrawnSquare[] {
  const { width, height, dpi } = raster;
  const long = Math.max(width, height);
  const side =
    dpi === null
      ? {
          least: Math.max(smallestPixels, long * smallestShare),
          most: Math.max(2 * smallestPixels, long * largestShare),
        }
      : {
          least: Math.max(smallestPixels, (dpi * smallestPoints) / pointsPerInch),
          most: (dpi * largestPoints) / pointsPerInch,
        };
  const edges = edgesOf(raster, side);
  if (edges.length > mostEdges) return [];
  const [scaleX, scaleY] = [shown.width / width, shown.height / height];
  const taken = new Set<Edge>();
  return edges.flatMap((top) => {
    if (taken.has(top)) return [];
    const bottom = edges.find((edge) => isOpposite(top, edge) && sidesAreInked(raster, top, edge));
    if (!bottom) return [];
    taken.add(bottom);
    const ink = inkInside(raster, top, bottom) > markedShare ? 'marked' : 'empty';
    return [{ box: [top.left * scaleX, top.top * scaleY, top.right * scaleX, bottom.bottom * scaleY], ink }];
  });
}

const inkAt = ({ data, width, channels }: PageRaster, x: number, y: number): boolean =>
  (data[(y * width + x) * channels] ?? 255) < inkBelow;

/** Runs of ink as long as a square's side, joined over the rows that they are thick. */
function edgesOf(raster: PageRaster, { least, most }: { least: number; most: number }): Edge[] {
  const { data, width, channels } = raster;
  const edges: Edge[] = [];
  let open: Edge[] = [];
  for (let row = 0; row < raster.height && edges.length <= mostEdges; row += 1) {
    const next: Edge[] = [];
    const line = { from: row * width * channels, length: width, step: channels };
    for (const { start: left, end: right } of longRuns(data, line, { inkBelow, least, gap: 0 })) {
      if (right - left > most) continue;
      const above = open.find((edge) => Math.abs(edge.left - left) <= 2 && Math.abs(edge.right - right) <= 2);
      if (above) above.bottom = row + 1;
      const edge = above ?? { left, right, top: row, bottom: row + 1 };
      if (!above) edges.push(edge);
      next.push(edge);
    }
    open = next;
  }
  return edges.filter(({ left, right, top, bottom }) => bottom - top <= Math.max(2, thickestShare * (right - left)));
}

function isOpposite(top: Edge, bottom: Edge): boolean {
  const side = top.right - top.left;
  const slack = Math.max(1, 0.1 * side);
  return (
    Math.abs(bottom.bottom - top.top - side) <= Math.max(2, 0.15 * side) &&
    Math.abs(bottom.left - top.left) <= slack &&
    Math.abs(bottom.right - top.right) <= slack
  );
}

/** Left and right are straight strokes, which no letter has on both sides, and nothing else touches the square. */
function sidesAreInked(raster: PageRaster, top: Edge, bottom: Edge): boolean {
  const side = top.right - top.left;
  const thick = Math.max(2, Math.ceil(thickestShare * side));
  const rows = [top.bottom, bottom.top] as const;
  if (rows[1] <= rows[0]) return false;
  const columns = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, at) => inkDown(raster, from + at, rows));
  const isDrawn = [columns(top.left - 1, thick + 1), columns(top.right - thick, thick + 1)].every(
    (shares) => Math.max(...shares) >= inkedShare,
  );
  const outside = Math.max(2, Math.round(0.12 * side));
  return isDrawn && [top.left - outside, top.right - 1 + outside].every((x) => inkDown(raster, x, rows) <= quietShare);
}

/** Share of ink in a column of pixels between two rows. */
function inkDown(raster: PageRaster, x: number, [from, to]: readonly [number, number]): number {
  if (x < 0 || x >= raster.width) return 0;
  let inked = 0;
  for (let y = from; y < to; y += 1) if (inkAt(raster, x, y)) inked += 1;
  return inked / (to - from);
}

/** Share of ink within the lines, counted away from them. */
function inkInside(raster: PageRaster, top: Edge, bottom: Edge): number {
  const inset = Math.max(2, Math.ceil(0.18 * (top.right - top.left)));
  let [inked, all] = [0, 0];
  for (let y = top.top + inset; y < bottom.bottom - inset; y += 1) {
    for (let x = top.left + inset; x < top.right - inset; x += 1) {
      all += 1;
      if (inkAt(raster, x, y)) inked += 1;
    }
  }
  return all === 0 ? 0 : inked / all;
}
