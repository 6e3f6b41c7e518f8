import { findCorridors } from './find-columns.js';
import { type Row, rowOf } from './gather-rows.js';
import type { PageMeasure, Segment } from './gather-segments.js';
import { segmentText } from './gather-segments.js';
import type { RuledCell } from './ruled-cells.js';

/** A drawn cell with the lines of text in it. */
export interface FilledCell extends RuledCell {
  readonly lines: readonly Row[];
}

/**
 * Finds the columns that rules leave out: a drawn column whose lines part at one place becomes two, and a cell that
 * spans columns is cut where its text parts.
 */
export function refineColumns(
  cells: readonly FilledCell[],
  columnEdges: readonly number[],
  measure: PageMeasure,
): { cells: FilledCell[]; columnEdges: number[] } {
  const found = columnEdges.slice(0, -1).flatMap((_, column) => partsOf(cells, column, measure));
  const edges = [...columnEdges, ...found].sort((a, b) => a - b);
  const widened = cells.map((cell) => {
    const column = edges.indexOf(columnEdges[cell.column] ?? 0);
    return { ...cell, column, columnSpan: edges.indexOf(columnEdges[cell.column + cell.columnSpan] ?? 0) - column };
  });
  return { cells: widened.flatMap((cell) => cutCell(cell, edges)), columnEdges: edges };
}

/** Places inside a drawn column where at least half of its lines part, with words or figures on the left. */
function partsOf(cells: readonly FilledCell[], column: number, measure: PageMeasure): number[] {
  const lines = cells.filter((cell) => cell.column === column && cell.columnSpan === 1).flatMap((cell) => cell.lines);
  const narrowest = 0.5 * measure.widestSpace * measure.wordHeight;
  return findCorridors(lines, narrowest).flatMap(({ from, to }) => {
    const middle = (from + to) / 2;
    const parting = lines.filter(
      ({ segments }) =>
        segments.some((segment) => segment.x1 <= middle && /[\p{L}\p{N}]/u.test(segmentText(segment))) &&
        segments.some((segment) => segment.x0 >= middle),
    );
    return parting.length >= Math.max(3, 0.5 * lines.length) ? [middle] : [];
  });
}

/** Cuts a cell between the columns that its segments keep to; one whose text stands in one piece stays whole. */
function cutCell(cell: FilledCell, edges: readonly number[]): FilledCell[] {
  if (cell.columnSpan === 1 || !cell.lines.some(({ segments }) => segments.length > 1)) return [cell];
  const placeOf = (x: number): number =>
    Math.max(
      cell.column,
      Math.min(
        cell.column + cell.columnSpan - 1,
        edges.findLastIndex((edge) => edge <= x),
      ),
    );
  const groups: { first: number; last: number; segments: Segment[] }[] = [];
  const segments = cell.lines.flatMap((line) => line.segments);
  for (const segment of segments.toSorted((a, b) => a.x0 - b.x0)) {
    const slack = 0.1 * (segment.x1 - segment.x0);
    const [first, last] = [placeOf(segment.x0 + slack), placeOf(segment.x1 - slack)];
    const group = groups.at(-1);
    if (group && first <= group.last) {
      group.last = Math.max(group.last, last);
      group.segments.push(segment);
    } else groups.push({ first, last, segments: [segment] });
  }
  if (groups.length < 2) return [cell];
  return groups.map(({ first, last, segments: members }) => {
    const lines = cell.lines.flatMap((line) => {
      const kept = line.segments.filter((segment) => members.includes(segment));
      return kept.length === 0 ? [] : [rowOf(kept)];
    });
    return { ...cell, column: first, columnSpan: last - first + 1, lines };
  });
}
