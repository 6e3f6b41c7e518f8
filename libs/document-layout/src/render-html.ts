import type { Box, PageLayout, Table } from '@waybill/contracts';
import { escapeHtml } from './escape-html.js';
import { type PageBlock, pageBlocks, tableRows } from './page-blocks.js';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
section{margin-bottom:3rem}table{border-collapse:collapse;margin:1rem 0}
ul{list-style:none;padding-left:1rem}td{border:1px solid #bbb;padding:.2rem .5rem;vertical-align:top}header,footer{color:#666}`;

/**
 * A self-contained page without scripts, links or outside resources. Each page is a `section` with `data-document` and
 * `data-page`; each block and cell carries `data-box`, its four normalised coordinates.
 */
export function renderHtml(pages: readonly PageLayout[]): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><title>Document</title><style>${style}</style></head><body>`,
    ...pages.map(pageHtml),
    '</body></html>',
    '',
  ].join('\n');
}

function pageHtml(page: PageLayout): string {
  const parts: string[] = [];
  let openList = false;
  for (const block of pageBlocks(page)) {
    const isItem = block.block.kind === 'list-item';
    if (isItem !== openList) parts.push(isItem ? '<ul>' : '</ul>');
    openList = isItem;
    parts.push(blockHtml(block));
  }
  if (openList) parts.push('</ul>');
  return `<section data-document="${page.document}" data-page="${page.page}">\n${parts.join('\n')}\n</section>`;
}

const tags = {
  heading: 'h2',
  paragraph: 'p',
  'list-item': 'li',
  'key-value': 'p',
  header: 'header',
  footer: 'footer',
  figure: 'figure',
  table: 'div',
} as const satisfies Record<PageBlock['block']['kind'], string>;

function blockHtml({ block, lines, table, flows }: PageBlock): string {
  if (table) return tableHtml(table);
  const tag = tags[block.kind];
  const text = lines.map(escapeHtml).join(flows || block.kind === 'heading' ? '\n' : '<br>\n');
  return `<${tag} data-kind="${block.kind}" ${boxAttribute(block.box)}>${text}</${tag}>`;
}

function tableHtml(table: Table): string {
  const rows = tableRows(table).map((cells) => {
    const row = cells.map(({ rowSpan, columnSpan, box, text }) => {
      const spans = `${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ''}${columnSpan > 1 ? ` colspan="${columnSpan}"` : ''}`;
      return `<td${spans} ${boxAttribute(box)}>${escapeHtml(text)}</td>`;
    });
    return `<tr>${row.join('')}</tr>`;
  });
  return [`<table ${boxAttribute(table.box)}>`, ...rows, '</table>'].join('\n');
}

const boxAttribute = (box: Box): string => `data-box="${box.map((value) => Number(value.toFixed(5))).join(' ')}"`;
