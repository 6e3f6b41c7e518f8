import { type Extent, extentAround } from './extent.js';
import type { Row } from './gather-rows.js';
import type { PlacedWord } from './upright-page.js';

/** A rectangle of a table's grid and the words in it, in reading order. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly words: readonly PlacedWord[];
}

/** A table before its words are numbered. Cells tile the grid, ordered by row and column. */
export interface TableGrid extends Extent {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly GridCell[];
  /** The rows of text it was made of, top to bottom. */
  readonly textRows: readonly Row[];
  /** How sure the finder is that this is a table, 0..1. */
  readonly certainty: number;
  /** Rules draw the grid; otherwise gaps show it. */
  readonly isDrawn: boolean;
  /** Edges between columns and rows: one more than there are columns, and rows. */
  readonly columnEdges: readonly number[];
  readonly rowEdges: readonly number[];
}

/**
 * Makes cells tile a grid: a cell that would cover a place that an earlier one holds is cut back to its first free
 * place, or gives its words to the holder; places that nobody holds become empty cells.
 */
export function tileGrid(rows: number, columns: number, cells: readonly GridCell[]): GridCell[] {
  const holders: (GridCell | undefined)[] = new Array<GridCell | undefined>(rows * columns).fill(undefined);
  const tiled: GridCell[] = [];
  const place = (cell: GridCell): void => {
    tiled.push(cell);
    for (const position of positionsOf(cell, columns)) holders[position] = cell;
  };
  const replace = (old: GridCell, cell: GridCell): void => {
    tiled.splice(tiled.indexOf(old), 1);
    place(cell);
  };
  for (const cell of cells) {
    const holder = holders[cell.row * columns + cell.column];
    if (holder) replace(holder, { ...holder, words: [...holder.words, ...cell.words] });
    else place(positionsOf(cell, columns).some((at) => holders[at]) ? { ...cell, rowSpan: 1, columnSpan: 1 } : cell);
  }
  holders.forEach((holder, at) => {
    if (!holder) {
      tiled.push({ row: Math.floor(at / columns), column: at % columns, rowSpan: 1, columnSpan: 1, words: [] });
    }
  });
  return tiled.sort((a, b) => a.row - b.row || a.column - b.column);
}

function positionsOf(cell: GridCell, columns: number): number[] {
  const positions: number[] = [];
  for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1) {
    for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) {
      positions.push(row * columns + column);
    }
  }
  return positions;
}

/** The rectangle of a cell between its grid's edges, wide enough for its words. */
export function cellExtent(grid: TableGrid, cell: GridCell): Extent {
  const edge = (edges: readonly number[], at: number): number => edges[at] ?? edges.at(-1) ?? 0;
  return extentAround([
    {
      x0: edge(grid.columnEdges, cell.column),
      y0: edge(grid.rowEdges, cell.row),
      x1: edge(grid.columnEdges, cell.column + cell.columnSpan),
      y1: edge(grid.rowEdges, cell.row + cell.rowSpan),
    },
    ...cell.words,
  ]);
}
