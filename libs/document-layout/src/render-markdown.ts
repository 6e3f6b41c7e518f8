import type { PageLayout, Table } from '@waybill/contracts';
import { withoutControls } from './escape-html.js';
import { type PageBlock, pageBlocks, type TableRow } from './page-blocks.js';
import { structurePages } from './structure-documents.js';

/**
 * GitHub-flavoured Markdown in reading order, pages parted by a thematic break. Text is escaped, so that nothing a
 * document says becomes HTML, a link, an image or other markup. A cell that spans several places stands in its first. A
 * running head stands once, page numbers not at all; a table that goes on over pages stands where it begins.
 */
export function renderMarkdown(pages: readonly PageLayout[]): string {
  const blocks = pageBlocks(pages, structurePages(pages));
  return `${blocks.map(pageMarkdown).join('\n\n---\n\n')}\n`;
}

function pageMarkdown(blocks: readonly PageBlock[]): string {
  const shown = blocks.filter(
    ({ running, continues }) => !running?.again && running?.kind !== 'page-number' && !continues,
  );
  const parts: string[] = [];
  let isItem = false;
  /** How far the text of the item at each level is indented. */
  let indents: string[] = [];
  for (const block of shown) {
    if (block.block.kind !== 'list-item') {
      parts.push(`${parts.length > 0 ? '\n\n' : ''}${blockMarkdown(block)}`);
      [isItem, indents] = [false, []];
      continue;
    }
    const level = Math.min(block.block.level ?? 1, indents.length + 1);
    const indent = indents[level - 2] ?? '';
    const { mark, text } = listItem(block, indent);
    indents = [...indents.slice(0, level - 1), `${indent}${' '.repeat(mark.length + 1)}`];
    parts.push(`${isItem ? '\n' : parts.length > 0 ? '\n\n' : ''}${indent}${mark} ${text}`);
    isItem = true;
  }
  return parts.join('');
}

function blockMarkdown({ block, lines, table, rows, flows }: PageBlock): string {
  if (table) return tableMarkdown(table, rows);
  if (block.kind === 'figure') return '*Figure*';
  const texts = lines.map(escapeMarkdown);
  if (block.kind === 'heading') return `${'#'.repeat(block.level ?? 2)} ${texts.join(' ')}`;
  return texts.join(flows ? '\n' : '\\\n');
}

/** An item keeps its number; any other bullet becomes a hyphen, and a letter stays in the text. */
function listItem({ lines }: PageBlock, indent: string): { mark: string; text: string } {
  const [first = '', ...more] = lines;
  const [, mark = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(first) ?? [];
  const number = /^(\d{1,2})[.)]$/.exec(mark)?.[1];
  const isWord = number === undefined && /[\p{L}\p{N}]/u.test(mark);
  const shown = number === undefined ? '-' : `${number}.`;
  const under = `\n${indent}${' '.repeat(shown.length + 1)}`;
  return { mark: shown, text: [isWord ? withoutGlue(first) : rest, ...more].map(escapeMarkdown).join(under) };
}

/** A bullet that touches its text goes, too. */
const withoutGlue = (text: string): string => text.replace(/^[^\p{L}\p{N}([{"'“„«]+(?=\p{L})/u, '');

function tableMarkdown(table: Table, rows: readonly TableRow[]): string {
  const [head = '', ...body] = rows.map(({ cells }) => {
    const texts = new Array<string>(table.columns).fill('');
    for (const { column, text } of cells) texts[column] = escapeMarkdown(text);
    return `| ${texts.join(' | ')} |`;
  });
  return [head, `|${' --- |'.repeat(table.columns)}`, ...body].join('\n');
}

/** Text as Markdown that renders as itself, at the start of a line as well as inside it. */
function escapeMarkdown(text: string): string {
  return (
    withoutControls(text)
      .trim()
      .replace(/[\\`*_{}[\]<>|~^$&!#]/g, '\\$&')
      // Bare addresses become links in many renderers: a break in the slashes, the name or the sign keeps them text.
      .replace(/\/(?=\/)/g, '/\\')
      .replace(/(?<=\S)\.(?=\p{L}{2})/gu, '\\.')
      .replace(/@/g, '\\@')
      .replace(/(www|mailto|xmpp)(?=[.:])(.)/giu, '$1\\$2')
      .replace(/^([-+]|[-=]+)(?=\s|$)/u, '\\$1')
      .replace(/^(\d{1,9})([.)])(?=\s|$)/u, '$1\\$2')
  );
}
