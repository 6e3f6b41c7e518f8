import type { Box } from '@waybill/contracts';
import type { HostedCell, HostedWord } from './hosted-reader.js';
import { placeLines, placeWords } from './place-words.js';

/** Words put where their block stands, and the cells of the tables among them. */
export interface PlacedMarkdown {
  readonly words: HostedWord[];
  readonly tables: HostedCell[][];
}

/**
 * The words of a block of Markdown, for engines that give a box a block and none a word: lines share the height, letters
 * the width, cells of a table both. Boxes are guesses inside the block; order and rows are right.
 */
export function placeMarkdown(
  markdown: string,
  place: { readonly box: Box; readonly confidence: number },
): PlacedMarkdown {
  const runs = runsOf(markdown);
  const total = runs.reduce((sum, { lines }) => sum + lines.length, 0);
  const [x0, y0, x1, y1] = place.box;
  const placed: PlacedMarkdown = { words: [], tables: [] };
  let line = 0;
  for (const { isTable, lines } of runs) {
    const top = y0 + ((y1 - y0) * line) / total;
    line += lines.length;
    const part = { ...place, box: [x0, top, x1, y0 + ((y1 - y0) * line) / total] as Box };
    if (!isTable) {
      placed.words.push(...placeLines(lines.map(plainText), part));
      continue;
    }
    const cells = placeCells(lines.map(cellsOf), part.box);
    const longest = Math.max(1, ...cells.map(({ text }) => [...text].length));
    placed.tables.push(cells.map(({ box }) => ({ box })));
    for (const { text, box } of cells) {
      const written = inside(box, [...text].length / longest);
      placed.words.push(...placeWords({ text, box: written, confidence: place.confidence }));
    }
  }
  return placed;
}

interface Run {
  readonly isTable: boolean;
  readonly lines: string[];
}

function runsOf(markdown: string): Run[] {
  const runs: Run[] = [];
  for (const raw of markdown.split(/\n|<br\s*\/?>/)) {
    const line = raw.trim();
    const isTable = line.startsWith('|') && line.length > 1;
    if (line === '' || (isTable && /^[\s|:-]+$/.test(line)) || (!isTable && plainText(line) === '')) continue;
    const last = runs.at(-1);
    if (last?.isTable === isTable) last.lines.push(line);
    else runs.push({ isTable, lines: [line] });
  }
  return runs;
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/)
    .map(plainText);

function placeCells(rows: readonly (readonly string[])[], [x0, y0, x1, y1]: Box): { text: string; box: Box }[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const [wide, high] = [(x1 - x0) / columns, (y1 - y0) / rows.length];
  return rows.flatMap((row, r) =>
    Array.from({ length: columns }, (_, c) => ({
      text: row[c] ?? '',
      box: [x0 + c * wide, y0 + r * high, x0 + (c + 1) * wide, y0 + (r + 1) * high] as Box,
    })),
  );
}

/** The part of a cell that its text takes, without the margins: the longest text of the table takes the width. */
const inside = ([x0, y0, x1, y1]: Box, share: number): Box => [
  x0 + 0.05 * (x1 - x0),
  y0 + 0.2 * (y1 - y0),
  x0 + (0.05 + 0.9 * share) * (x1 - x0),
  y1 - 0.2 * (y1 - y0),
];

/** A line without its marks: headings, emphasis, links, pictures, escapes. Bullets stay, they are on the page. */
function plainText(line: string): string {
  return line
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|>)\s+/, '')
    .replace(/(\*\*|__|`)(.+?)\1/g, '$2')
    .replace(/\\([\\`*_{}[\]()#+.!|<>$&-])/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .trim();
}
