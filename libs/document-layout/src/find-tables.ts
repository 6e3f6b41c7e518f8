import { type Extent, extentAround, median, sharedWidth, widthOf } from './extent.js';
import { type ColumnPiece, type Corridor, findCorridors, placeInColumns } from './find-columns.js';
import { gatherLogicalRows, type PlacedRow } from './gather-logical-rows.js';
import type { Row } from './gather-rows.js';
import { type PageMeasure, segmentText } from './gather-segments.js';
import { type GridCell, type TableGrid, tileGrid } from './table-grid.js';

/** A table and the rows of its region that it takes, both ends included. */
export interface FoundTable {
  readonly first: number;
  readonly last: number;
  readonly grid: TableGrid;
}

/** Finds tables that show by aligned gaps alone, in the rows of one region from top to bottom. */
export function findTables(rows: readonly Row[], rules: readonly Extent[], measure: PageMeasure): FoundTable[] {
  const tables: FoundTable[] = [];
  const regionWidth = widthOf(extentAround(rows));
  let at = 0;
  while (at < rows.length) {
    const last = runEnd(rows, at, measure, regionWidth);
    const grid = last > at ? gridOf(rows.slice(at, last + 1), rules, measure) : undefined;
    if (grid) tables.push({ first: at, last, grid });
    at = grid || last > at ? last + 1 : at + 1;
  }
  return tables;
}

/** Unsplit rows that a table may hold between two rows with gaps: wrapped labels and headings of groups. */
const mostRowsBetween = 3;

/** The last row of the run that starts at a row with gaps; the row itself when no run does. */
function runEnd(rows: readonly Row[], start: number, measure: PageMeasure, regionWidth: number): number {
  const first = rows[start];
  if (!first || first.segments.length < 2) return start;
  let last = start;
  for (let at = start + 1; at < rows.length && at - last <= mostRowsBetween + 1; at += 1) {
    const [row, previous, anchor] = [rows[at], rows[at - 1], rows[last]];
    if (!row || !previous || !anchor) break;
    const gap = row.y0 - previous.y1;
    if (gap > 2.2 * measure.wordHeight) break;
    if (row.segments.length < 2) {
      if (isRunningText(row, regionWidth)) break;
    } else if (sharesGap(anchor, row, measure)) last = at;
    else break;
  }
  return last;
}

const isRunningText = (row: Row, regionWidth: number): boolean =>
  widthOf(row) > 0.65 * regionWidth && row.segments.some(({ words }) => words.length >= 9);

/** Two rows of one table leave a common stretch free between their segments. */
function sharesGap(a: Row, b: Row, measure: PageMeasure): boolean {
  const least = 0.5 * measure.widestSpace * measure.wordHeight;
  return gapsOf(a).some((gap) => gapsOf(b).some((other) => sharedWidth(gap, other) >= least));
}

function gapsOf(row: Row): Extent[] {
  return row.segments.slice(1).map((segment, at) => ({
    x0: row.segments[at]?.x1 ?? segment.x0,
    x1: segment.x0,
    y0: 0,
    y1: 0,
  }));
}

function gridOf(rows: readonly Row[], rules: readonly Extent[], measure: PageMeasure): TableGrid | undefined {
  if (rows.filter((row) => row.segments.length > 1).length < 3) return undefined;
  const narrowest = 0.5 * measure.widestSpace * measure.wordHeight;
  const corridors = findCorridors(rows, narrowest);
  if (corridors.length === 0) return undefined;
  const lines = rows.map((row) => ({
    row,
    pieces: row.segments.flatMap((segment) =>
      placeInColumns(segment, corridors, 0.35 * measure.widestSpace * measure.wordHeight),
    ),
  }));
  if (holdsRunningText(lines, corridors) || holdsLabels(lines, corridors)) return undefined;
  return buildGrid(lines, corridors, rules);
}

/** Columns of running text that nothing told apart earlier: long cells in every column. */
function holdsRunningText(lines: readonly PlacedRow[], corridors: readonly Corridor[]): boolean {
  return Array.from({ length: corridors.length + 1 }, (_, column) =>
    lines.flatMap(({ pieces }) => pieces.filter((piece) => piece.first === column && piece.last === column)),
  ).every((pieces) => median(pieces.map(({ segment }) => segmentText(segment).length)) > 32);
}

/** Labels with colons beside their values: a form, no table. */
function holdsLabels(lines: readonly PlacedRow[], corridors: readonly Corridor[]): boolean {
  const labels = lines.filter(({ row }) => {
    const [left, right] = row.segments.map(segmentText);
    return left?.endsWith(':') || right?.startsWith(':');
  });
  return corridors.length === 1 && labels.length >= 0.6 * lines.length;
}

function buildGrid(lines: readonly PlacedRow[], corridors: readonly Corridor[], rules: readonly Extent[]): TableGrid {
  const groups = gatherLogicalRows(lines, rules);
  const columns = corridors.length + 1;
  const cells = groups.flatMap((group, row) => cellsOf(group, row));
  const textRows = lines.map(({ row }) => row);
  const extent = extentAround(textRows);
  const filled = cells.length / (groups.length * columns);
  return {
    ...extent,
    rows: groups.length,
    columns,
    cells: tileGrid(groups.length, columns, cells),
    textRows,
    isDrawn: false,
    certainty: Math.min(0.95, 0.5 + 0.05 * Math.min(4, groups.length) + 0.25 * Math.min(1, filled)),
    columnEdges: [extent.x0, ...corridors.map(({ from, to }) => (from + to) / 2), extent.x1],
    rowEdges: rowEdges(groups, extent),
  };
}

/** The cells of one logical row: pieces in the same columns are one cell, whose words go line by line. */
function cellsOf(group: readonly PlacedRow[], row: number): GridCell[] {
  const byColumn = new Map<number, ColumnPiece[]>();
  for (const piece of group.flatMap(({ pieces }) => pieces)) {
    const held = byColumn.get(piece.first);
    if (held) held.push(piece);
    else byColumn.set(piece.first, [piece]);
  }
  return [...byColumn.entries()]
    .sort(([a], [b]) => a - b)
    .map(([column, pieces]) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan: Math.max(...pieces.map(({ last }) => last)) - column + 1,
      words: pieces.flatMap(({ segment }) => segment.words),
    }));
}

function rowEdges(groups: readonly (readonly PlacedRow[])[], extent: Extent): number[] {
  const tops = groups.map((group) => extentAround(group.map(({ row }) => row)));
  return [extent.y0, ...tops.slice(1).map((below, at) => ((tops[at]?.y1 ?? below.y0) + below.y0) / 2), extent.y1];
}
