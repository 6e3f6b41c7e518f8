import type { PageLayout, Table } from '@waybill/contracts';
import { withoutControls } from './escape-html.js';
import { type PageBlock, pageBlocks, tableRows } from './page-blocks.js';

/**
 * GitHub-flavoured Markdown in reading order, pages parted by a thematic break. Text is escaped, so that nothing a
 * document says becomes HTML, a link, an image or other markup. A cell that spans several places stands in its first.
 */
export function renderMarkdown(pages: readonly PageLayout[]): string {
  return `${pages.map((page) => pageBlocks(page).map(blockMarkdown).join('\n\n')).join('\n\n---\n\n')}\n`;
}

function blockMarkdown({ block, lines, table, flows }: PageBlock): string {
  if (table) return tableMarkdown(table);
  const texts = lines.map(escapeMarkdown);
  if (block.kind === 'heading') return `## ${texts.join(' ')}`;
  if (block.kind === 'list-item') return listItem(lines);
  return texts.join(flows ? '\n' : '\\\n');
}

/** A list item keeps its number; any other bullet becomes a hyphen. */
function listItem(lines: readonly string[]): string {
  const [first = '', ...more] = lines;
  const [, mark = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(first) ?? [];
  const number = /^(\d{1,2})[.)]$/.exec(mark)?.[1];
  if (number === undefined && /[\p{L}\p{N}]/u.test(mark))
    return `- ${[first, ...more].map(escapeMarkdown).join('\n  ')}`;
  return `${number === undefined ? '-' : `${number}.`} ${[rest, ...more].map(escapeMarkdown).join('\n  ')}`;
}

function tableMarkdown(table: Table): string {
  const rows = tableRows(table).map((cells) => {
    const texts = new Array<string>(table.columns).fill('');
    for (const { column, text } of cells) texts[column] = escapeMarkdown(text);
    return `| ${texts.join(' | ')} |`;
  });
  return [rows[0] ?? '', `|${' --- |'.repeat(table.columns)}`, ...rows.slice(1)].join('\n');
}

/** Text as Markdown that renders as itself, at the start of a line as well as inside it. */
function escapeMarkdown(text: string): string {
  return (
    withoutControls(text)
      .trim()
      .replace(/[\\`*_{}[\]<>|~^$&!#]/g, '\\$&')
      // Bare addresses become links in many renderers: a break in the scheme, the name or the sign keeps them text.
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/@/g, '\\@')
      .replace(/(www|mailto|xmpp)(?=[.:])(.)/giu, '$1\\$2')
      .replace(/^([-+]|[-=]+)(?=\s|$)/u, '\\$1')
      .replace(/^(\d{1,9})([.)])(?=\s|$)/u, '$1\\$2')
  );
}
