import { type Extent, extentAround, heightOf, median, quantile, widthOf } from './extent.js';
import { findTables } from './find-tables.js';
import { gatherRows, type Row } from './gather-rows.js';
import type { PageMeasure, Segment } from './gather-segments.js';
import { listMarkOf } from './list-mark.js';
import type { TableGrid } from './table-grid.js';

/** Rows that belong together; with a grid they are a table. Not yet named by kind. */
export interface BlockDraft {
  readonly rows: readonly Row[];
  readonly grid?: TableGrid;
  /** Its place among the page's regions. */
  readonly region: number;
  /** The figure it is (then it has an extent and no rows) or stands in, by its place among the page's figures. */
  readonly figure?: number;
  readonly extent?: Extent;
}

/** Rows of each region, cut into tables and blocks, in reading order. `drawn` names the segments that are tables. */
export function gatherBlocks(
  regions: readonly (readonly Segment[])[],
  drawn: ReadonlyMap<Segment, TableGrid>,
  rules: readonly Extent[],
  measure: PageMeasure,
): BlockDraft[] {
  return regions.flatMap((segments, region) => {
    const blocks: BlockDraft[] = [];
    let open: Row[] = [];
    const close = (): void => {
      blocks.push(...gatherParts(open, rules, measure, region));
      open = [];
    };
    for (const row of gatherRows(segments)) {
      const [segment] = row.segments;
      const grid = segment && drawn.get(segment);
      if (!grid) open.push(row);
      else {
        close();
        blocks.push({ rows: grid.textRows, grid, region });
      }
    }
    close();
    return blocks;
  });
}

function gatherParts(
  rows: readonly Row[],
  rules: readonly Extent[],
  measure: PageMeasure,
  region: number,
): BlockDraft[] {
  const blocks: BlockDraft[] = [];
  let next = 0;
  for (const { first, last, grid } of findTables(rows, rules, measure)) {
    blocks.push(...gatherText(rows.slice(next, first), region));
    blocks.push({ rows: rows.slice(first, last + 1), grid, region });
    next = last + 1;
  }
  return [...blocks, ...gatherText(rows.slice(next), region)];
}

/** True for a row that opens with a bullet or a number and goes on with text. */
export const opensListItem = (row: Row): boolean => listMarkOf(row) !== undefined;

function gatherText(rows: readonly Row[], region: number): BlockDraft[] {
  const leading = usualLeading(rows);
  const groups: Row[][] = [];
  rows.forEach((row, at) => {
    const group = groups.at(-1);
    const previous = rows[at - 1];
    if (group && previous && !startsBlock(group, previous, row, leading)) group.push(row);
    else groups.push([row]);
  });
  return groups.map((group) => ({ rows: group, region }));
}

function startsBlock(group: readonly Row[], previous: Row, row: Row, leading: number): boolean {
  const height = Math.min(previous.wordHeight, row.wordHeight);
  const gap = row.y0 - previous.y1;
  if (gap > leading + 0.45 * height) return true;
  if (Math.max(previous.wordHeight, row.wordHeight) > 1.25 * height) return true;
  if (opensListItem(row)) return true;
  const left = quantile(
    group.map(({ x0 }) => x0),
    0.5,
  );
  const [first] = group;
  if (first && opensListItem(first)) return row.x0 < first.x0 + 0.3 * height;
  const width = widthOf(extentAround([...group, row]));
  const indented = group.length > 1 && row.x0 > left + height && row.x0 < left + 5 * height;
  return indented && previous.x1 < left + width && row.segments.length === 1 && widthOf(row) > 0.5 * width;
}

/** The usual free height between rows of a region. */
function usualLeading(rows: readonly Row[]): number {
  const gaps = rows.slice(1).map((row, at) => row.y0 - (rows[at]?.y1 ?? row.y0));
  return Math.min(median(gaps), 1.2 * median(rows.map(heightOf)));
}
