import type { Box, PageLayout, Table } from '@waybill/contracts';
import { escapeHtml } from './escape-html.js';
import { listHtml } from './list-html.js';
import { type PageBlock, pageBlocks, type TableRow } from './page-blocks.js';
import { structurePages } from './structure-documents.js';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
section{margin-bottom:3rem}table{border-collapse:collapse;margin:1rem 0}th{text-align:left;background:#f4f4f4}
ul,ol{list-style:none;padding-left:1rem}td,th{border:1px solid #bbb;padding:.2rem .5rem;vertical-align:top}
header,footer{color:#666}figure{border:1px dashed #bbb;color:#666;padding:.5rem}`;

/**
 * A self-contained page without scripts, links or outside resources. Each page is a `section` with `data-document` and
 * `data-page`; each block and cell carries `data-box`, its four normalised coordinates. A table that goes on over pages
 * stands where it begins; its rows from later pages carry `data-page`.
 */
export function renderHtml(pages: readonly PageLayout[]): string {
  const blocks = pageBlocks(pages, structurePages(pages));
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><title>Document</title><style>${style}</style></head><body>`,
    ...pages.map((page, at) => pageHtml(page, blocks[at] ?? [])),
    '</body></html>',
    '',
  ].join('\n');
}

/** The `section` of one page, for a page that brings its own style. */
export const renderPageHtml = (page: PageLayout): string =>
  pageHtml(page, pageBlocks([page], structurePages([page]))[0] ?? []);

function pageHtml(page: PageLayout, blocks: readonly PageBlock[]): string {
  const parts: string[] = [];
  let items: PageBlock[] = [];
  const closeList = (): void => {
    if (items.length > 0) parts.push(listHtml(items, itemHtml));
    items = [];
  };
  for (const block of blocks) {
    if (block.block.kind === 'list-item' && !block.running) items.push(block);
    else {
      closeList();
      if (!block.continues) parts.push(blockHtml(block));
    }
  }
  closeList();
  return `<section data-document="${page.document}" data-page="${page.page}">\n${parts.join('\n')}\n</section>`;
}

const tags = {
  heading: 'h2',
  paragraph: 'p',
  'list-item': 'p',
  'key-value': 'p',
  header: 'header',
  footer: 'footer',
  figure: 'figure',
  table: 'div',
} as const satisfies Record<PageBlock['block']['kind'], string>;

const runningTags = { header: 'header', footer: 'footer', 'page-number': 'footer' } as const;

function blockHtml(block: PageBlock): string {
  const { kind, level, box } = block.block;
  if (block.table) return tableHtml(block.table, block.rows);
  if (kind === 'figure') return `<figure data-kind="figure" ${boxAttribute(box)}>Figure</figure>`;
  if (block.running) {
    const { kind: running } = block.running;
    return `<${runningTags[running]} data-kind="${running}" ${boxAttribute(box)}>${textHtml(block)}</${runningTags[running]}>`;
  }
  const tag = kind === 'heading' ? `h${level ?? 2}` : tags[kind];
  return `<${tag} data-kind="${kind}" ${boxAttribute(box)}>${textHtml(block)}</${tag}>`;
}

const textHtml = ({ block, lines, flows }: PageBlock): string =>
  lines.map(escapeHtml).join(flows || block.kind === 'heading' ? '\n' : '<br>\n');

const itemHtml = (block: PageBlock): string =>
  `<li data-kind="list-item" ${boxAttribute(block.block.box)}>${textHtml(block)}`;

function tableHtml(table: Table, rows: readonly TableRow[]): string {
  const written = rows.map(({ cells, page, isHead }) => {
    const tag = isHead ? 'th' : 'td';
    const row = cells.map(({ rowSpan, columnSpan, box, text }) => {
      const spans = `${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ''}${columnSpan > 1 ? ` colspan="${columnSpan}"` : ''}`;
      return `<${tag}${spans} ${boxAttribute(box)}>${escapeHtml(text)}</${tag}>`;
    });
    return `<tr${page === undefined ? '' : ` data-page="${page}"`}>${row.join('')}</tr>`;
  });
  return [`<table data-kind="table" ${boxAttribute(table.box)}>`, ...written, '</table>'].join('\n');
}

const boxAttribute = (box: Box): string => `data-box="${box.map((value) => Number(value.toFixed(5))).join(' ')}"`;
