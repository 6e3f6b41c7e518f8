import type { Block, PageLayout, Table } from '@waybill/contracts';

/** A block with the text of its lines, and its table when it is one: what every renderer walks over. */
export interface PageBlock {
  readonly block: Block;
  readonly lines: readonly string[];
  readonly table: Table | undefined;
  /** True when the lines are a running text, so that their ends mean nothing. */
  readonly flows: boolean;
}

/** The blocks of a page in reading order. */
export function pageBlocks(layout: PageLayout): PageBlock[] {
  return layout.blocks.map((block) => {
    const lines = block.lines.flatMap((line) => layout.lines[line] ?? []);
    const width = block.box[2] - block.box[0];
    const full = lines.slice(0, -1).filter(({ box }) => box[2] - box[0] >= 0.75 * width).length;
    return {
      block,
      lines: lines.map(({ text }) => text),
      table: block.table === undefined ? undefined : layout.tables[block.table],
      flows:
        block.kind !== 'key-value' &&
        full >= 0.7 * (lines.length - 1) &&
        lines.filter(({ words }) => words.length > 5).length >= 0.5 * lines.length,
    };
  });
}

/** Cells of each row of a table, from left to right. */
export const tableRows = (table: Table): Table['cells'][] =>
  Array.from({ length: table.rows }, (_, row) =>
    table.cells.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column),
  );
