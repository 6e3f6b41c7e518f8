import type { Block, PageLayout, Table } from '@waybill/contracts';

/** What of a page is compared with other pages: little enough to keep for thousands of pages. */
export interface PageDigest {
  readonly document: number;
  readonly page: number;
  /** Width by height of the upright page. */
  readonly shape: number;
  /** Blocks near the top and the bottom of the upright page, which may be running heads or page numbers. */
  readonly margins: readonly MarginBlock[];
  /** Every block in reading order, as little as tells whether a table is the last or the first thing on the page. */
  readonly outline: readonly { readonly kind: Block['kind']; readonly table?: number; readonly text: string }[];
  readonly tables: readonly TableDigest[];
}

export interface MarginBlock {
  readonly block: number;
  readonly side: 'top' | 'bottom';
  readonly text: string;
  /** Middle of the block down the upright page, 0..1. */
  readonly at: number;
}

export interface TableDigest {
  readonly columns: number;
  readonly headRows: number;
  /** Rows of the head, and the first row, as text. */
  readonly firstRows: readonly string[];
  /** Extent of each column across the upright page, 0..1. */
  readonly spans: readonly (readonly [from: number, to: number])[];
  readonly confidence: number;
}

/** Share of the page's height at its top and bottom where running heads stand. */
const marginShare = 0.12;
const mostLines = 3;
const longestText = 160;

export function digestPage(layout: PageLayout): PageDigest {
  const { document, page, rotation, width, height, blocks, lines, tables } = layout;
  const textOf = (block: Block): string => block.lines.map((line) => lines[line]?.text ?? '').join(' ');
  const margins = blocks.flatMap((block, index): MarginBlock[] => {
    if (block.lines.length === 0 || block.lines.length > mostLines || block.kind === 'table') return [];
    const [, y0, , y1] = uprightBox(block.box, rotation);
    const text = textOf(block);
    if (text.length > longestText || (y1 > marginShare && y0 < 1 - marginShare)) return [];
    return [{ block: index, side: y1 <= marginShare ? 'top' : 'bottom', text, at: (y0 + y1) / 2 }];
  });
  return {
    document,
    page,
    shape: rotation % 180 === 0 ? width / height : height / width,
    margins,
    outline: blocks.map((block) => ({
      kind: block.kind,
      ...(block.table === undefined ? {} : { table: block.table }),
      text: textOf(block).slice(0, longestText),
    })),
    tables: tables.map((table) => digestTable(table, rotation)),
  };
}

function digestTable(table: Table, rotation: PageLayout['rotation']): TableDigest {
  const headRows = table.headRows ?? 0;
  return {
    columns: table.columns,
    headRows,
    firstRows: Array.from({ length: Math.max(1, headRows) }, (_, row) =>
      table.cells
        .filter((cell) => cell.row === row)
        .map(({ text }) => text)
        .join('\t'),
    ),
    spans: Array.from({ length: table.columns }, (_, column) => {
      const boxes = table.cells
        .filter((cell) => cell.column === column && cell.columnSpan === 1)
        .map(({ box }) => uprightBox(box, rotation));
      return [Math.min(1, ...boxes.map(([x0]) => x0)), Math.max(0, ...boxes.map(([, , x1]) => x1))] as const;
    }),
    confidence: table.confidence,
  };
}

/** A box of the displayed page as it lies on the upright one. */
function uprightBox([x0, y0, x1, y1]: Block['box'], rotation: PageLayout['rotation']): Block['box'] {
  if (rotation === 90) return [1 - y1, x0, 1 - y0, x1];
  if (rotation === 180) return [1 - x1, 1 - y1, 1 - x0, 1 - y0];
  if (rotation === 270) return [y0, 1 - x1, y1, 1 - x0];
  return [x0, y0, x1, y1];
}
