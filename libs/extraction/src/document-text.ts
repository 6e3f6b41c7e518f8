import type { Box, PageLayout } from '@waybill/contracts';
import { countWords, isConfirmed } from './word-signs.js';

/** A word of the document, on its page turned upright. */
export interface Token {
  readonly text: string;
  readonly page: number;
  /** Index into the words of the page's layout. */
  readonly word: number;
  /** As the layout has it. */
  readonly box: Box;
  readonly confidence: number;
  /** True where more speaks for the word than the engine that read it. */
  readonly isConfirmed: boolean;
  /** Edges on the upright page, slant removed, in the page's own unit. */
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Neighbouring words of a row without a wide gap between them. */
export interface Segment {
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** Everything that stands at one height of a page, from left to right. */
export interface Row {
  readonly page: number;
  /** Position in the document, from 0. */
  readonly index: number;
  readonly tokens: readonly Token[];
  /** Words joined by single spaces. */
  readonly text: string;
  /** Where each token starts in `text`. */
  readonly starts: readonly number[];
  readonly segments: readonly Segment[];
  readonly y0: number;
  readonly y1: number;
  /** Height of its tallest word. */
  readonly height: number;
}

/** A document as rows from top to bottom, page after page. */
export interface DocumentText {
  readonly layouts: readonly PageLayout[];
  readonly rows: readonly Row[];
  readonly rowsOfPage: ReadonlyMap<number, readonly Row[]>;
  /** Median height of the rows. */
  readonly rowHeight: number;
}

/** Wider gaps, in heights of the row, part a row into segments. */
const segmentGap = 1.4;
/** Words that share more of their height stand on one line, even where their boxes overlap. */
const sameLineOverlap = 0.75;

/** Gathers the words of all pages into rows. The layout's own lines are not used: a receipt's label and amount are one row here. */
export function readDocument(layouts: readonly PageLayout[]): DocumentText {
  const steps = readInSteps(layouts);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same as `readDocument`, with a pause after every page. */
export function* readInSteps(layouts: readonly PageLayout[]): Generator<void, DocumentText> {
  const rows: Row[] = [];
  const rowsOfPage = new Map<number, Row[]>();
  const counts = countWords(layouts.flatMap(({ words }) => words.map(({ text }) => text)));
  for (const layout of layouts.toSorted((a, b) => a.page - b.page)) {
    const words = layout.words.flatMap((word, index) =>
      word.text.trim() ? [uprightToken(layout, index, counts)] : [],
    );
    const gathered = gatherTokens(words).sort((a, b) => middleOfAll(a) - middleOfAll(b));
    const own = gathered.map((tokens, at) => rowOf(tokens, layout.page, rows.length + at));
    for (const row of own) rows.push(row);
    rowsOfPage.set(layout.page, [...(rowsOfPage.get(layout.page) ?? []), ...own]);
    yield;
  }
  const heights = rows.map((row) => row.height).sort((a, b) => a - b);
  return { layouts, rows, rowsOfPage, rowHeight: heights[Math.floor(heights.length / 2)] ?? 1 };
}

/** The tokens of a row that `text.slice(start, end)` touches. */
export const tokensBetween = (row: Row, start: number, end: number): Token[] =>
  row.tokens.filter((token, at) => {
    const from = row.starts[at] ?? 0;
    return from < end && from + token.text.length > start;
  });

export const middle = (extent: { readonly y0: number; readonly y1: number }): number => (extent.y0 + extent.y1) / 2;

const middleOfAll = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, token) => sum + middle(token), 0) / tokens.length;

function uprightToken(layout: PageLayout, index: number, counts: ReadonlyMap<string, number>): Token {
  const word = layout.words[index] ?? { text: '', box: [0, 0, 0, 0] satisfies Box, confidence: 0 };
  const [left, top, right, bottom] = word.box;
  const { width, height } = layout;
  const [x0, y0, x1, y1] = ((): Box => {
    switch (layout.rotation) {
      case 0:
        return [left * width, top * height, right * width, bottom * height];
      case 90:
        return [(1 - bottom) * height, left * width, (1 - top) * height, right * width];
      case 180:
        return [(1 - right) * width, (1 - bottom) * height, (1 - left) * width, (1 - top) * height];
      case 270:
        return [top * height, (1 - right) * width, bottom * height, (1 - left) * width];
    }
  })();
  const rise = ((x0 + x1) / 2) * Math.tan((layout.skewDegrees * Math.PI) / 180);
  const { text, box, confidence } = word;
  const facts = { text, box, confidence, isConfirmed: isConfirmed(text, counts) };
  return { ...facts, page: layout.page, word: index, x0, y0: y0 - rise, x1, y1: y1 - rise };
}

/** From left to right, each word joins the row whose last word stands most nearly at its own height. */
function gatherTokens(tokens: readonly Token[]): Token[][] {
  const rows: { tokens: Token[]; last: Token }[] = [];
  for (const token of tokens.toSorted((a, b) => a.x0 - b.x0)) {
    let best: (typeof rows)[number] | undefined;
    let bestOverlap = 0.45;
    for (const row of rows) {
      if (row.last.y1 < token.y0 || row.last.y0 > token.y1) continue;
      const overlap = overlapShare(row.last, token);
      if (overlap <= bestOverlap || (overlap < sameLineOverlap && reachesOver(row.last, token))) continue;
      best = row;
      bestOverlap = overlap;
    }
    if (best) {
      best.tokens.push(token);
      best.last = token;
    } else {
      rows.push({ tokens: [token], last: token });
    }
  }
  return rows.map((row) => row.tokens);
}

/** The box of a word that is drawn too wide reaches over the next one. */
const reachesOver = (last: Token, next: Token): boolean => last.x1 - next.x0 > 0.6 * (next.x1 - next.x0);

/** Shared height of two words, as a share of the lower one's. */
function overlapShare(a: Token, b: Token): number {
  const shared = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return shared / Math.max(1e-6, Math.min(a.y1 - a.y0, b.y1 - b.y0));
}

function rowOf(tokens: readonly Token[], page: number, index: number): Row {
  const starts: number[] = [];
  let text = '';
  for (const token of tokens) {
    if (text) text += ' ';
    starts.push(text.length);
    text += token.text;
  }
  const height = Math.max(...tokens.map((token) => token.y1 - token.y0));
  const [y0, y1] = [Math.min(...tokens.map((token) => token.y0)), Math.max(...tokens.map((token) => token.y1))];
  return { page, index, tokens, text, starts, segments: splitAtGaps(tokens, segmentGap * height), y0, y1, height };
}

function splitAtGaps(tokens: readonly Token[], gap: number): Segment[] {
  const groups: Token[][] = [];
  for (const token of tokens) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && token.x0 - last.x1 <= gap) group.push(token);
    else groups.push([token]);
  }
  return groups.map(segmentOf);
}

/** A segment of some neighbouring tokens. */
export function segmentOf(tokens: readonly Token[]): Segment {
  return {
    tokens,
    text: tokens.map((token) => token.text).join(' '),
    x0: Math.min(...tokens.map((token) => token.x0)),
    x1: Math.max(...tokens.map((token) => token.x1)),
    y0: Math.min(...tokens.map((token) => token.y0)),
    y1: Math.max(...tokens.map((token) => token.y1)),
  };
}
