/**
 * Tables from text alone: runs of lines that are cut at two or more spaces, columns where the pieces overlap. What
 * anybody gets from a tool that keeps the page's look in spaces, and so the bar that a layout has to pass.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A piece longer than this is a sentence, and widens no column of a longer table. */
const sentence = 30;
const longestLabel = 40;

/** Tables of each page, `[{ page, rows }]`; pages are parted by form feeds. */
export const gapTables = (text) => text.split('\f').flatMap((page, at) => tablesOfPage(page, at + 1));

/** What `pdftotext -layout` writes; undefined where poppler-utils are not installed. */
export async function popplerText(file) {
  const { stdout } = await run('pdftotext', ['-layout', file, '-'], { maxBuffer: 1 << 28 });
  return stdout;
}

export async function popplerVersion() {
  try {
    const { stderr } = await run('pdftotext', ['-v']);
    return /version ([\d.]+)/.exec(stderr)?.[1];
  } catch {
    return undefined;
  }
}

function tablesOfPage(text, page) {
  const tables = [];
  let open = [];
  let isBlank = false;
  const close = () => {
    if (open.filter((pieces) => pieces.length > 1).length > 1) tables.push({ page, rows: rowsOf(open) });
    open = [];
    isBlank = false;
  };
  for (const pieces of text.split('\n').map(piecesOf)) {
    const isLabel = pieces.length === 1 && open.length > 0 && pieces[0].text.length < longestLabel;
    if (pieces.length > 1 || isLabel) {
      open.push(pieces);
      isBlank = false;
    } else if (pieces.length === 0 && open.length > 0 && !isBlank) isBlank = true;
    else close();
  }
  close();
  return tables;
}

const piecesOf = (line) =>
  [...line.matchAll(/\S+(?: \S+)*/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    text: match[0],
  }));

const overlap = (one, other) => one.from < other.to && one.to > other.from;

function rowsOf(lines) {
  const columns = [];
  for (const piece of lines.flat().toSorted((a, b) => a.from - b.from)) {
    const column = columns.find((other) => overlap(other, piece));
    if (!column) columns.push({ from: piece.from, to: piece.to });
    else if (lines.length < 4 || piece.text.length < sentence) {
      column.from = Math.min(column.from, piece.from);
      column.to = Math.max(column.to, piece.to);
    }
  }
  columns.sort((a, b) => a.from - b.from);
  return lines.map((pieces) => {
    const row = Array(columns.length).fill('');
    for (const piece of pieces) {
      const at = columns.findIndex((column) => overlap(column, piece));
      if (at >= 0) row[at] = row[at] ? `${row[at]} ${piece.text}` : piece.text;
    }
    return row;
  });
}
