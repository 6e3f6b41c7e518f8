import type { TextLine } from './set-text.js';

const headingScales = [1.8, 1.5, 1.3, 1.15, 1.1, 1.1];
const fence = /^\s*(```|~~~)/;
const tableRow = /^\s*\|.*\|\s*$/;
const delimiterRow = /^\s*\|(\s*:?-+:?\s*\|)+\s*$/;
const columnGap = '   ';

/** Markdown as the lines that a reader of it would see: headings larger, marks left out, tables in columns. */
export function markdownLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let isCode = false;
  let table: string[] = [];
  const endTable = (): void => {
    for (const row of inColumns(table)) lines.push({ text: row, scale: 1 });
    table = [];
  };
  for (const line of text.split('\n')) {
    if (fence.test(line)) {
      isCode = !isCode;
      continue;
    }
    if (!isCode && tableRow.test(line)) {
      if (!delimiterRow.test(line)) table.push(line);
      continue;
    }
    endTable();
    lines.push(isCode ? { text: line, scale: 1 } : lineOf(line));
  }
  endTable();
  return lines;
}

function lineOf(line: string): TextLine {
  const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
  if (heading)
    return { text: withoutMarks(heading[2] ?? ''), scale: headingScales[(heading[1] ?? '').length - 1] ?? 1 };
  return { text: withoutMarks(line), scale: 1 };
}

/** Links become their words, pictures their descriptions; emphasis and code lose their marks. */
const withoutMarks = (line: string): string =>
  line
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__)(\S(?:[^*_]*\S)?)\1/g, '$2')
    .replace(/(^|[^\w*])\*(\S(?:[^*]*\S)?)\*(?!\w)/g, '$1$2')
    .replace(/`([^`]+)`/g, '$1');

function inColumns(rows: readonly string[]): string[] {
  const cells = rows.map((row) =>
    row
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => withoutMarks(cell.trim().replaceAll('\\|', '|'))),
  );
  const widths: number[] = [];
  for (const row of cells) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join(columnGap)
      .trimEnd(),
  );
}
