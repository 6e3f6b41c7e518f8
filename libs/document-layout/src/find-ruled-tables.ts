import { type Extent, middleOf } from './extent.js';
import { type ColumnPiece, isFigure } from './find-columns.js';
import { gatherLogicalRows, type PlacedRow } from './gather-logical-rows.js';
import { gatherRows, type Row, rowOf } from './gather-rows.js';
import { gatherSegments, type PageMeasure, segmentOf } from './gather-segments.js';
import { joinRules, type RuleNet } from './join-rules.js';
import { type FilledCell, refineColumns } from './refine-columns.js';
import { type RuledCell, type RuledCells, ruledCells } from './ruled-cells.js';
import { type GridCell, type TableGrid, tileGrid } from './table-grid.js';
import type { PlacedWord } from './upright-page.js';

/** Finds tables whose grid is drawn. Words of a table are in no other. */
export function findRuledTables(
  words: readonly PlacedWord[],
  rules: readonly Extent[],
  measure: PageMeasure,
): TableGrid[] {
  const taken = new Set<PlacedWord>();
  const nets = joinRules(rules, 0.3 * measure.wordHeight).sort((a, b) => area(a) - area(b));
  return nets.flatMap((net) => {
    const inside = words.filter((word) => !taken.has(word) && holds(net, word));
    const grid = gridOfNet(net, inside, measure);
    if (grid) inside.forEach((word) => taken.add(word));
    return grid ?? [];
  });
}

const area = ({ x0, y0, x1, y1 }: Extent): number => (x1 - x0) * (y1 - y0);

function holds(extent: Extent, word: PlacedWord): boolean {
  const [x, y] = [(word.x0 + word.x1) / 2, middleOf(word)];
  return x >= extent.x0 && x <= extent.x1 && y >= extent.y0 && y <= extent.y1;
}

function gridOfNet(net: RuleNet, words: readonly PlacedWord[], measure: PageMeasure): TableGrid | undefined {
  const drawn = ruledCells(net, 0.5 * measure.wordHeight);
  if (!drawn || words.length === 0) return undefined;
  const cells = fillCells(drawn, words, measure);
  const filled = cells.filter(({ lines }) => lines.length > 0);
  // A frame around a page, or boxes around paragraphs: few cells, most of the words in one of them.
  const longest = Math.max(...filled.map(({ lines }) => lines.flatMap(wordsOf).length));
  if (filled.length < 4 || filled.length < 0.35 * cells.length || longest > 0.6 * words.length) return undefined;
  const { cells: refined, columnEdges } = refineColumns(filled, drawn.columnEdges, measure);
  const bands = splitBands(refined, drawn.rowEdges);
  const columns = columnEdges.length - 1;
  return {
    x0: net.x0,
    y0: net.y0,
    x1: net.x1,
    y1: net.y1,
    rows: bands.rowEdges.length - 1,
    columns,
    cells: tileGrid(bands.rowEdges.length - 1, columns, bands.cells.map(gridCell)),
    textRows: textRowsOf(bands.cells),
    isDrawn: true,
    certainty: 0.95,
    columnEdges,
    rowEdges: bands.rowEdges,
  };
}

const wordsOf = (row: Row): readonly PlacedWord[] => row.segments.flatMap((segment) => segment.words);
const gridCell = ({ lines, row, column, rowSpan, columnSpan }: FilledCell): GridCell => ({
  row,
  column,
  rowSpan,
  columnSpan,
  words: lines.flatMap(wordsOf),
});

function fillCells(
  { cells, rowEdges, columnEdges }: RuledCells,
  words: readonly PlacedWord[],
  measure: PageMeasure,
): FilledCell[] {
  const placeOf = (edges: readonly number[], at: number): number =>
    Math.max(
      0,
      Math.min(
        edges.length - 2,
        edges.findLastIndex((edge) => edge <= at),
      ),
    );
  const members = new Map<RuledCell, PlacedWord[]>(cells.map((cell) => [cell, []]));
  const holders = new Map<string, RuledCell>();
  for (const cell of cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) {
        holders.set(`${row} ${column}`, cell);
      }
    }
  }
  for (const word of words) {
    const place = `${placeOf(rowEdges, middleOf(word))} ${placeOf(columnEdges, (word.x0 + word.x1) / 2)}`;
    members.get(holders.get(place) ?? cells[0] ?? { row: 0, column: 0, rowSpan: 1, columnSpan: 1 })?.push(word);
  }
  return cells.map((cell) => ({
    ...cell,
    lines: gatherRows(gatherSegments(members.get(cell) ?? [], measure).segments),
  }));
}

/** Where rules part only groups of rows, the rows of figures inside a group are told apart by their lines. */
function splitBands(
  cells: readonly FilledCell[],
  rowEdges: readonly number[],
): { cells: FilledCell[]; rowEdges: number[] } {
  const edges = [rowEdges[0] ?? 0];
  const result: FilledCell[] = [];
  let band = 0;
  while (band + 1 < rowEdges.length) {
    const end = bandEnd(cells, band);
    const inside = cells.filter(({ row }) => row >= band && row < end);
    const groups = rowsInBand(inside);
    const top = edges.length - 1;
    if (groups.length > 1) {
      groups.forEach((group, at) => {
        result.push(...cellsOfGroup(group, top + at));
        const bottom = Math.max(...group.map(({ row }) => row.y1));
        const below = groups[at + 1]?.[0]?.row.y0;
        edges.push(below === undefined ? (rowEdges[end] ?? bottom) : (bottom + below) / 2);
      });
    } else {
      result.push(...inside.map((cell) => ({ ...cell, row: top + cell.row - band })));
      edges.push(...rowEdges.slice(band + 1, end + 1));
    }
    band = end;
  }
  return { cells: result, rowEdges: edges };
}

/** The row after a band: cells that span rows hold them together. */
function bandEnd(cells: readonly FilledCell[], band: number): number {
  let end = band + 1;
  for (let row = band; row < end; row += 1) {
    for (const cell of cells) if (cell.row === row) end = Math.max(end, row + cell.rowSpan);
  }
  return end;
}

/** Lines of a band grouped into rows; one group when its cells hold wrapped text rather than columns of figures. */
function rowsInBand(cells: readonly FilledCell[]): PlacedRow[][] {
  const piecesOf = cells.map((cell) =>
    cell.lines.map((line): ColumnPiece => {
      const last = cell.column + cell.columnSpan - 1;
      return { segment: segmentOf(wordsOf(line)), first: cell.column, last };
    }),
  );
  const long = piecesOf.filter((pieces) => pieces.length > 1);
  const figures = long.filter(
    (pieces) =>
      pieces.filter(isFigure).length >= 0.7 * pieces.length && pieces.filter(hasDigit).length >= 0.6 * pieces.length,
  );
  if (long.length < 2 || figures.length === 0) return [];
  const pieceOf = new Map(piecesOf.flat().map((piece) => [piece.segment, piece]));
  const lines = gatherRows([...pieceOf.keys()]).map((row) => ({
    row,
    pieces: row.segments.flatMap((segment) => pieceOf.get(segment) ?? []),
  }));
  return gatherLogicalRows(lines, []);
}

const hasDigit = ({ segment }: ColumnPiece): boolean => segment.words.some(({ text }) => /\d/.test(text));

function cellsOfGroup(group: readonly PlacedRow[], row: number): FilledCell[] {
  const byColumn = new Map<number, ColumnPiece[]>();
  for (const piece of group.flatMap(({ pieces }) => pieces)) {
    byColumn.set(piece.first, [...(byColumn.get(piece.first) ?? []), piece]);
  }
  return [...byColumn].map(([column, pieces]) => ({
    row,
    column,
    rowSpan: 1,
    columnSpan: Math.max(...pieces.map(({ last }) => last)) - column + 1,
    lines: pieces.map(({ segment }) => rowOf([segment])),
  }));
}

/** Text rows for reading: whole rows across the table where every cell holds one line, else cell by cell. */
function textRowsOf(cells: readonly FilledCell[]): Row[] {
  const rows = new Set(cells.map(({ row }) => row));
  return [...rows]
    .sort((a, b) => a - b)
    .flatMap((row) => {
      const inRow = cells.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column);
      const wrapped = inRow.some(({ lines }) => lines.length > 1);
      if (wrapped) return inRow.flatMap(({ lines }) => lines);
      return [rowOf(inRow.flatMap(({ lines }) => lines.flatMap(({ segments }) => segments)))];
    });
}
