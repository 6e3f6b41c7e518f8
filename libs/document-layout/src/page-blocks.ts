import type { Block, DocumentStructure, PageLayout, RunningBlock, Table, TableCell } from '@waybill/contracts';
import { lineTexts } from './line-texts.js';

/** A row of a table, and the page it stands on where that is not the one the table begins on. */
export interface TableRow {
  readonly cells: readonly TableCell[];
  readonly page?: number;
  readonly isHead: boolean;
}

/** A block with the text of its lines, and its table when it is one: what every renderer walks over. */
export interface PageBlock {
  readonly block: Block;
  readonly lines: readonly string[];
  readonly table: Table | undefined;
  /** Rows of the table and of its parts on later pages; none for a block that is such a part. */
  readonly rows: readonly TableRow[];
  /** The table's rows stand where it begins, on an earlier page. */
  readonly continues: boolean;
  /** Set for what is repeated from page to page, with `again` on all pages but the first of them. */
  readonly running: { readonly kind: RunningBlock['kind']; readonly again: boolean } | undefined;
  /** True when the lines are a running text, so that their ends mean nothing. */
  readonly flows: boolean;
}

/** The blocks of each page in reading order. */
export function pageBlocks(pages: readonly PageLayout[], documents: readonly DocumentStructure[]): PageBlock[][] {
  return pages.map((layout) => {
    const structure = documents.find(({ document }) => document === layout.document);
    const texts = lineTexts(layout);
    return layout.blocks.map((block, at) => {
      const table = block.table === undefined ? undefined : layout.tables[block.table];
      const joined = structure?.continuedTables.find(({ parts }) =>
        parts.some((part) => part.page === layout.page && part.table === block.table),
      );
      const isFirst = joined?.parts[0]?.page === layout.page;
      const parts = joined && isFirst ? joined.parts.slice(1) : [];
      return {
        block,
        lines: block.lines.map((line) => texts[line] ?? ''),
        table,
        rows: table && (!joined || isFirst) ? [...rowsOf(table), ...laterRows(parts, layout.document, pages)] : [],
        continues: joined !== undefined && !isFirst,
        running: runningOf(structure, layout.page, at),
        flows: flows(layout, block),
      };
    });
  });
}

function rowsOf(table: Table, skipped = 0): TableRow[] {
  return Array.from({ length: table.rows - skipped }, (_, at) => ({
    cells: table.cells.filter((cell) => cell.row === at + skipped).sort((a, b) => a.column - b.column),
    isHead: at + skipped < (table.headRows ?? 0),
  }));
}

function laterRows(
  parts: DocumentStructure['continuedTables'][number]['parts'],
  document: number,
  pages: readonly PageLayout[],
): TableRow[] {
  return parts.flatMap(({ page, table, repeatedRows }) => {
    const part = pages.find((other) => other.document === document && other.page === page)?.tables[table];
    return part ? rowsOf(part, repeatedRows).map((row) => ({ ...row, page, isHead: false })) : [];
  });
}

function runningOf(structure: DocumentStructure | undefined, page: number, block: number): PageBlock['running'] {
  const found = structure?.running.find((other) => other.page === page && other.block === block);
  if (!found) return undefined;
  return { kind: found.kind, again: structure?.running.find(({ kind }) => kind === found.kind)?.page !== page };
}

function flows(layout: PageLayout, block: Block): boolean {
  const lines = block.lines.flatMap((line) => layout.lines[line] ?? []);
  const width = block.box[2] - block.box[0];
  const full = lines.slice(0, -1).filter(({ box }) => box[2] - box[0] >= 0.75 * width).length;
  return (
    block.kind !== 'key-value' &&
    full >= 0.7 * (lines.length - 1) &&
    lines.filter(({ words }) => words.length > 5).length >= 0.5 * lines.length
  );
}
