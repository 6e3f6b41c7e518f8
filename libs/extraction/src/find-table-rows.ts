import type { Table, TableCell } from '@waybill/contracts';
import type { DocumentText, Token } from './document-text.js';
import { likeness } from './fold-text.js';
import { readingOf, type Finding } from './finding.js';

/** A row of a table, by the names that were asked for. */
export type TableRecord = Readonly<Record<string, Finding<string> | undefined>>;

const lowestLikeness = 0.75;

/**
 * Finds the table whose headings are like the names of most columns asked for (`names[column]` are its names), and
 * returns its rows; a table with the same headings on a later page continues it. Empty when no table has at least two.
 */
export function findTableRows(text: DocumentText, names: ReadonlyMap<string, readonly string[]>): TableRecord[] {
  const tables = text.layouts.flatMap((layout) => layout.tables.map((table) => ({ table, page: layout.page })));
  const matched = tables.map((one) => ({ ...one, columns: matchColumns(one.table, names) }));
  const most = Math.max(0, ...matched.map(({ columns }) => columns.size));
  if (most < Math.min(2, names.size)) return [];
  return matched
    .filter(({ columns }) => columns.size === most)
    .flatMap(({ table, page, columns }) => recordsOf(text, table, page, columns));
}

const cellAt = (table: Table, row: number, column: number): TableCell | undefined =>
  table.cells.find(
    (cell) =>
      cell.row <= row &&
      row < cell.row + cell.rowSpan &&
      cell.column <= column &&
      column < cell.column + cell.columnSpan,
  );

/** Which column of the table each name stands above, in its first row. */
function matchColumns(
  table: Table,
  names: ReadonlyMap<string, readonly string[]>,
): Map<string, { column: number; alike: number }> {
  const columns = new Map<string, { column: number; alike: number }>();
  const taken = new Set<number>();
  for (const [name, labels] of names) {
    let best = { column: -1, alike: lowestLikeness };
    for (let column = 0; column < table.columns; column += 1) {
      const heading = cellAt(table, 0, column)?.text ?? '';
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
  columns: ReadonlyMap<string, { column: number; alike: number }>,
): TableRecord[] {
  const tokenOf = new Map<number, Token>();
  for (const row of text.rows) {
    if (row.page === page) for (const token of row.tokens) tokenOf.set(token.word, token);
  }
  const records: TableRecord[] = [];
  for (let row = 1; row < table.rows; row += 1) {
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
