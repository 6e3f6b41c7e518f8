import type { Table, TableCell } from '@waybill/contracts';
import type { DocumentText, Token } from './document-text.js';
import { likeness } from './fold-text.js';
import type { Finding } from './finding.js';
import { readingOf } from './reading-of.js';

/** A row of a table, by the names that were asked for. */
export type TableRecord = Readonly<Record<string, Finding<string> | undefined>>;

const lowestLikeness = 0.75;
const lastHeadingRow = 4;

/**
 * Finds the table whose headings are like the names of most columns asked for (`names[column]` are its names), and
 * returns its rows; a table with the same headings on a later page continues it. Empty when no table has at least two.
 */
export function findTableRows(text: DocumentText, names: ReadonlyMap<string, readonly string[]>): TableRecord[] {
  const tables = text.layouts.flatMap((layout) => layout.tables.map((table) => ({ table, page: layout.page })));
  const matched = tables.map((one) => ({ ...one, headings: matchColumns(one.table, names) }));
  const most = Math.max(0, ...matched.map(({ headings }) => headings.columns.size));
  if (most < Math.min(2, names.size)) return [];
  return matched
    .filter(({ headings }) => headings.columns.size === most)
    .flatMap(({ table, page, headings }) => recordsOf(text, table, page, headings));
}

const cellAt = (table: Table, row: number, column: number): TableCell | undefined =>
  table.cells.find(
    (cell) =>
      cell.row <= row &&
      row < cell.row + cell.rowSpan &&
      cell.column <= column &&
      column < cell.column + cell.columnSpan,
  );

/** The row of a table's headings, and which column each name stands above. */
interface Headings {
  readonly row: number;
  readonly columns: ReadonlyMap<string, { column: number; alike: number }>;
}

/** The headings stand in the first row, or below a title and some facts that were taken for rows of the table. */
function matchColumns(table: Table, names: ReadonlyMap<string, readonly string[]>): Headings {
  const rows = Array.from({ length: Math.min(table.rows, lastHeadingRow) }, (_, row) => row);
  const matched = rows.map((row) => ({ row, columns: matchRow(table, row, names) }));
  return matched.sort((a, b) => b.columns.size - a.columns.size || a.row - b.row)[0] ?? { row: 0, columns: new Map() };
}

function matchRow(table: Table, row: number, names: ReadonlyMap<string, readonly string[]>): Headings['columns'] {
  const columns = new Map<string, { column: number; alike: number }>();
  const taken = new Set<number>();
  for (const [name, labels] of names) {
    let best = { column: -1, alike: lowestLikeness };
    for (let column = 0; column < table.columns; column += 1) {
      const heading = cellAt(table, row, column)?.text ?? '';
      const alike = Math.max(0, ...labels.map((label) => likeness(heading, label)));
      if (!taken.has(column) && alike > best.alike) best = { column, alike };
    }
    if (best.column < 0) continue;
    taken.add(best.column);
    columns.set(name, best);
  }
  return columns;
}

function recordsOf(
  text: DocumentText,
  table: Table,
  page: number,
  { row: headingRow, columns }: Headings,
): TableRecord[] {
  const tokenOf = new Map<number, Token>();
  for (const row of text.rowsOfPage.get(page) ?? []) {
    for (const token of row.tokens) tokenOf.set(token.word, token);
  }
  const records: TableRecord[] = [];
  for (let row = headingRow + 1; row < table.rows; row += 1) {
    const entries = [...columns].map(([name, { column, alike }]) => {
      const cell = cellAt(table, row, column);
      const tokens = (cell?.words ?? []).flatMap((word) => tokenOf.get(word) ?? []);
      return [
        name,
        cell?.text.trim() ? findingOf(cell.text.trim(), tokens, alike, table.confidence) : undefined,
      ] as const;
    });
    if (entries.some(([, finding]) => finding)) records.push(Object.fromEntries(entries));
  }
  return records;
}

const findingOf = (printed: string, tokens: readonly Token[], alike: number, sure: number): Finding<string> => ({
  value: printed,
  printed,
  tokens,
  evidence: { label: alike, reading: readingOf(tokens), agreement: 0, margin: sure, form: 1 },
});
