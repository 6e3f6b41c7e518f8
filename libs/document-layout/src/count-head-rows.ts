import type { GridCell, TableGrid } from './table-grid.js';

const mostHeadRows = 5;

/**
 * How many rows at the top of a table name its columns: those above the first row of figures. Years above figures are
 * names too. A table without figures has a head when its first row is full and shorter than what stands below.
 */
export function countHeadRows(grid: TableGrid): number {
  const rows = Array.from({ length: grid.rows }, (_, row) => grid.cells.filter((cell) => cell.row === row));
  const isYears = (row: number): boolean => valuesOf(rows[row]).length > 0 && valuesOf(rows[row]).every(isYear);
  const firstFigures = rows.findIndex((cells, row) => holdsFigures(cells) && !(isYears(row) && !isYears(row + 1)));
  if (firstFigures < 0) return textHead(rows);
  let head = firstFigures;
  for (let row = 0; row < head; row += 1) {
    for (const cell of rows[row] ?? []) if (!isBlank(cell)) head = Math.max(head, row + cell.rowSpan);
  }
  return head > mostHeadRows || head >= grid.rows ? 0 : head;
}

const textOf = (cell: GridCell): string => cell.words.map(({ text }) => text).join(' ');
const isBlank = (cell: GridCell): boolean => cell.words.length === 0;
const isFigure = (text: string): boolean => /\d/.test(text) && !/\p{L}{4}/u.test(text);
const isYear = (text: string): boolean => /^(19|20)\d\d([/–-]\d{2,4})?[a-z*]?$/.test(text);

/** What stands behind the first column, which holds names. */
const valuesOf = (cells: readonly GridCell[] | undefined): string[] =>
  (cells ?? []).filter((cell) => cell.column > 0 && !isBlank(cell)).map(textOf);

function holdsFigures(cells: readonly GridCell[]): boolean {
  const values = valuesOf(cells);
  return values.length > 0 && values.filter(isFigure).length >= 0.5 * values.length;
}

function textHead(rows: readonly (readonly GridCell[])[]): number {
  const [first = [], ...body] = rows;
  if (body.length === 0 || first.some((cell) => isBlank(cell) || cell.rowSpan > 1)) return 0;
  const meanLength = (cells: readonly GridCell[]): number =>
    cells.reduce((sum, cell) => sum + textOf(cell).length, 0) / Math.max(1, cells.length);
  return meanLength(first) < 0.7 * meanLength(body.flat().filter((cell) => !isBlank(cell))) ? 1 : 0;
}
