import { type Extent, median } from './extent.js';
import { type RuleNet, transposed } from './join-rules.js';

/** A cell drawn by rules, as places of its net's grid. */
export interface RuledCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
}

export interface RuledCells {
  readonly columnEdges: readonly number[];
  readonly rowEdges: readonly number[];
  readonly cells: readonly RuledCell[];
}

/** A finer grid than this is a drawing. */
const mostPlaces = 5_000;

/** Grid lines of a net, and its cells: places that no rule parts are one cell. Undefined for less than 2 by 2 cells. */
export function ruledCells(net: RuleNet, tolerance: number): RuledCells | undefined {
  const columnEdges = edgesOf([...net.verticals.map(({ x0, x1 }) => (x0 + x1) / 2), net.x0, net.x1], tolerance);
  const rowEdges = edgesOf([...net.horizontals.map(({ y0, y1 }) => (y0 + y1) / 2), net.y0, net.y1], tolerance);
  const [rows, columns] = [rowEdges.length - 1, columnEdges.length - 1];
  if (rows < 2 || columns < 2 || rows * columns > mostPlaces) return undefined;
  const homes = Array.from({ length: rows * columns }, (_, at) => at);
  const homeOf = (at: number): number => {
    let home = at;
    while (homes[home] !== home) home = homes[home] ?? home;
    homes[at] = home;
    return home;
  };
  const lying = net.verticals.map(transposed);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const [top, bottom] = [rowEdges[row] ?? 0, rowEdges[row + 1] ?? 0];
      const [left, right] = [columnEdges[column] ?? 0, columnEdges[column + 1] ?? 0];
      if (column + 1 < columns && !isInked(lying, right, top, bottom, tolerance)) homes[homeOf(at + 1)] = homeOf(at);
      if (row + 1 < rows && !isInked(net.horizontals, bottom, left, right, tolerance)) {
        homes[homeOf(at + columns)] = homeOf(at);
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (const at of homes.keys()) {
    const group = groups.get(homeOf(at));
    if (group) group.push(at);
    else groups.set(homeOf(at), [at]);
  }
  return { columnEdges, rowEdges, cells: rectangles([...groups.values()], columns) };
}

/** Positions of lines that lie closer than the tolerance are one line. */
function edgesOf(positions: readonly number[], tolerance: number): number[] {
  const groups: number[][] = [];
  for (const position of positions.toSorted((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group && position - (group.at(-1) ?? position) <= tolerance) group.push(position);
    else groups.push([position]);
  }
  return groups.map((group) => median(group));
}

/** True when horizontal rules at a height cover most of the way between two ends. */
function isInked(rules: readonly Extent[], height: number, from: number, to: number, tolerance: number): boolean {
  const covered = rules
    .filter(({ y0, y1 }) => Math.abs((y0 + y1) / 2 - height) <= tolerance)
    .reduce((sum, rule) => sum + Math.max(0, Math.min(rule.x1, to) - Math.max(rule.x0, from)), 0);
  return covered >= 0.6 * (to - from);
}

/** The rectangles around groups of places; groups whose rectangles overlap become one. */
function rectangles(groups: readonly number[][], columns: number): RuledCell[] {
  let cells = groups.map((group) => {
    const [across, down] = [group.map((at) => at % columns), group.map((at) => Math.floor(at / columns))];
    const [column, row] = [Math.min(...across), Math.min(...down)];
    return { row, column, rowSpan: Math.max(...down) - row + 1, columnSpan: Math.max(...across) - column + 1 };
  });
  for (let merged = true; merged;) {
    merged = false;
    const kept: RuledCell[] = [];
    for (const cell of cells) {
      const other = kept.find((candidate) => overlap(candidate, cell));
      if (!other) kept.push(cell);
      else {
        merged = true;
        const [row, column] = [Math.min(other.row, cell.row), Math.min(other.column, cell.column)];
        other.rowSpan = Math.max(other.row + other.rowSpan, cell.row + cell.rowSpan) - row;
        other.columnSpan = Math.max(other.column + other.columnSpan, cell.column + cell.columnSpan) - column;
        other.row = row;
        other.column = column;
      }
    }
    cells = kept;
  }
  return cells;
}

const overlap = (a: RuledCell, b: RuledCell): boolean =>
  a.row < b.row + b.rowSpan &&
  b.row < a.row + a.rowSpan &&
  a.column < b.column + b.columnSpan &&
  b.column < a.column + a.columnSpan;
