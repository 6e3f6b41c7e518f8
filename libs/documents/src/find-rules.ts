import type { PageRaster, RuleLine } from '@waybill/document-layout';
import { longRuns } from './long-runs.js';

/** Ink, in gray steps. Rules that are fainter than this are shade. */
const inkBelow = 150;
/** Of the page's width (or height): text makes no runs of ink this long. */
const shortestShare = 1 / 14;
const shortestPixels = 40;
/** A rule thicker than this, in shares of the longer side, is a bar or the edge of a picture. */
const thickestShare = 1 / 250;
/** Pixels that may be missing inside a rule of a bad copy. */
const gapPixels = 2;
/** A page with more runs than this is a picture or a pattern. */
const mostRuns = 20_000;

interface Band {
  start: number;
  end: number;
  first: number;
  last: number;
}

/**
 * The horizontal and vertical ruled lines of a page's picture, in the unit of the displayed page `shown`. Pages that lie
 * aslant show none, or pieces of them.
 */
export function findRules(raster: PageRaster, shown: { readonly width: number; readonly height: number }): RuleLine[] {
  const { data, width, height } = raster;
  const [scaleX, scaleY] = [shown.width / width, shown.height / height];
  const thickest = Math.max(3, Math.max(width, height) * thickestShare);
  const lying = bandsOf(data, { length: width, count: height, step: 1, stride: width });
  const standing = bandsOf(data, { length: height, count: width, step: width, stride: 1 });
  const isThin = ({ first, last }: Band): boolean => last - first + 1 <= thickest;
  const rules = [
    ...lying.filter(isThin).map(({ start, end, first, last }) => {
      const y = (first + last + 1) / 2;
      return { x0: start, y0: y, x1: end, y1: y };
    }),
    ...standing.filter(isThin).map(({ start, end, first, last }) => {
      const x = (first + last + 1) / 2;
      return { x0: x, y0: start, x1: x, y1: end };
    }),
  ];
  return rules.map(({ x0, y0, x1, y1 }) => ({ x0: x0 * scaleX, y0: y0 * scaleY, x1: x1 * scaleX, y1: y1 * scaleY }));
}

interface Walk {
  /** Pixels of a row (or column), and how far apart they lie. */
  readonly length: number;
  readonly step: number;
  /** Rows (or columns), and how far apart they lie. */
  readonly count: number;
  readonly stride: number;
}

/** Long runs of ink, joined with overlapping ones of the row before. */
function bandsOf(data: Uint8Array, walk: Walk): Band[] {
  const shortest = Math.max(shortestPixels, walk.length * shortestShare);
  const bands: Band[] = [];
  let open: Band[] = [];
  for (let row = 0; row < walk.count; row += 1) {
    const next: Band[] = [];
    const line = { from: row * walk.stride, length: walk.length, step: walk.step };
    for (const run of longRuns(data, line, { inkBelow, least: shortest, gap: gapPixels })) {
      const above = open.find((band) => band.start < run.end && run.start < band.end);
      if (above) {
        above.start = Math.min(above.start, run.start);
        above.end = Math.max(above.end, run.end);
        above.last = row;
        if (!next.includes(above)) next.push(above);
        continue;
      }
      const band = { ...run, first: row, last: row };
      bands.push(band);
      next.push(band);
    }
    if (bands.length > mostRuns) return [];
    open = next;
  }
  return bands;
}
