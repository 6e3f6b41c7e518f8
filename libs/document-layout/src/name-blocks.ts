import type { Block } from '@waybill/contracts';
import { extentAround, heightOf, median } from './extent.js';
import { type BlockDraft, opensListItem } from './gather-blocks.js';
import { segmentText } from './gather-segments.js';
import type { RowPair } from './row-pair.js';
import { headingLevel, headingSize } from './heading-level.js';
import { listLevels } from './list-levels.js';
import { listMarkOf } from './list-mark.js';
import type { UprightPage } from './upright-page.js';

/** What a block is, with what only blocks of that kind have. */
export interface BlockName {
  readonly kind: Block['kind'];
  readonly level?: number;
  readonly mark?: { readonly text: string; readonly counts: boolean };
}

/** Says what each block is: by its grid, its place on the page, its size, its first word, its labels. */
export function nameBlocks(blocks: readonly BlockDraft[], page: UprightPage, pairs: readonly RowPair[]): BlockName[] {
  const rows = blocks.flatMap((block) => block.rows);
  const body = median(rows.flatMap((row) => row.segments.flatMap(({ words }) => words.map(() => row.wordHeight))));
  const paired = new Set(pairs.flatMap(({ rows: both }) => both));
  const kinds = blocks.map((block, at): Block['kind'] => {
    if (block.extent) return 'figure';
    if (block.grid) return 'table';
    const isPaired = block.rows.some((row) => paired.has(row));
    const heads = !isPaired && block.figure === undefined && isHeading(block, blocks[at + 1], body);
    // A title at the top of a page is large; a running head is not.
    const margin =
      heads && sizeOf(block) >= headingSize * body ? undefined : marginKind(block, blocks, page, rows.length);
    if (margin) return margin;
    if (heads) return 'heading';
    const [first] = block.rows;
    if (first && opensListItem(first)) return 'list-item';
    return block.rows.every((row) => paired.has(row)) ? 'key-value' : 'paragraph';
  });
  const levels = listLevels(blocks, (at) => kinds[at] === 'list-item');
  return blocks.map((block, at) => {
    const kind = kinds[at] ?? 'paragraph';
    if (kind === 'heading') return { kind, level: headingLevel(textOf(block), sizeOf(block) / body) };
    const mark = kind === 'list-item' && block.rows[0] ? listMarkOf(block.rows[0]) : undefined;
    return mark ? { kind, level: levels[at] ?? 1, mark: { text: mark.text, counts: mark.counts } } : { kind };
  });
}

const textOf = (block: BlockDraft): string => block.rows.flatMap((row) => row.segments.map(segmentText)).join(' ');
const sizeOf = (block: BlockDraft): number => median(block.rows.map((row) => row.wordHeight));

/** A running head or foot: one or two lines near the page's edge, apart from everything else on a full page. */
function marginKind(
  block: BlockDraft,
  blocks: readonly BlockDraft[],
  page: UprightPage,
  rowCount: number,
): 'header' | 'footer' | undefined {
  if (rowCount < 12 || block.rows.length > 2) return undefined;
  const extent = extentAround(block.rows);
  const others = blocks.filter((other) => other !== block).flatMap((other) => other.rows);
  const apart = 0.8 * heightOf(block.rows[0] ?? extent);
  if (extent.y1 < 0.09 * page.height && others.every(({ y0, y1 }) => y0 > extent.y1 + apart || y1 <= extent.y1)) {
    return 'header';
  }
  if (extent.y0 > 0.91 * page.height && others.every(({ y0, y1 }) => y1 < extent.y0 - apart || y0 >= extent.y0)) {
    return 'footer';
  }
  return undefined;
}

function isHeading(block: BlockDraft, next: BlockDraft | undefined, body: number): boolean {
  const words = block.rows.flatMap((row) => row.segments.flatMap((segment) => segment.words));
  const text = textOf(block);
  if (block.rows.length > 3 || words.length > 25 || !/\p{L}{2}/u.test(text) || /:\s*$/.test(text)) return false;
  if (sizeOf(block) >= headingSize * body) return block.rows.every((row) => row.segments.length < 3);
  const shouts = text === text.toUpperCase() && !/\d/.test(text) && words.length <= 10;
  const numbered =
    /^(\d{1,2}(\.\d{1,2})*\.?|[A-Z]\.)\s+\p{Lu}/u.test(text) && words.length <= 12 && !/[.;,]$/.test(text);
  const leads = next !== undefined && next.region === block.region && !next.grid && next.rows.length > 1;
  return block.rows.length === 1 && block.rows[0]?.segments.length === 1 && leads && (shouts || numbered);
}
