import { continueValue } from './continue-values.js';
import { extentAround, heightOf, sharedWidth, widthOf } from './extent.js';
import type { BlockDraft } from './gather-blocks.js';
import type { Row } from './gather-rows.js';
import type { Segment } from './gather-segments.js';
import type { PhraseDraft, RowPair } from './row-pair.js';
import type { PlacedWord } from './upright-page.js';

/** A label and what stands behind it in the same segment; without a value it waits for a neighbour. */
interface Labelled {
  readonly key: PhraseDraft;
  readonly value: PhraseDraft | undefined;
}

const longestLabel = 7;
/** How sure a label that ends with a colon is, at least. */
const behindColonCertainty = 0.9;

/**
 * Finds labels and their values: behind a colon, to the right, or below. Rows of larger tables are looked at one by one,
 * since what stands below a table's head is its first row.
 */
export function findKeyValues(blocks: readonly BlockDraft[]): RowPair[] {
  const pairs: RowPair[] = [];
  let open: Row[] = [];
  let region = 0;
  const close = (): void => {
    const rows = open;
    const found = rows.flatMap((row, at) => [
      ...pairsInRow(row, rows[at + 1]).map((pair) => withContinuation(pair, rows)),
      ...pairsBelow(row, rows[at + 1]),
    ]);
    pairs.push(...found);
    open = [];
  };
  for (const block of blocks) {
    const isLargeTable = block.grid !== undefined && block.grid.rows > 2;
    if (isLargeTable || block.region !== region) close();
    region = block.region;
    if (isLargeTable) pairs.push(...block.rows.flatMap((row) => pairsInRow(row, undefined)));
    else open.push(...block.rows);
  }
  close();
  return pairs;
}

/** Only a colon says surely that a value begins; what follows such a value belongs to it. */
const withContinuation = (pair: RowPair, rows: readonly Row[]): RowPair =>
  pair.certainty < behindColonCertainty
    ? pair
    : continueValue(pair, rows, (segment) => splitLabels(segment).length > 0 || behindColon(segment) !== undefined);

function pairsInRow(row: Row, below: Row | undefined): RowPair[] {
  const labelled = row.segments.map(splitLabels);
  const pairs = row.segments.flatMap((_, at) =>
    (labelled[at] ?? []).flatMap(({ key, value }, place, all): RowPair[] => {
      if (value) return [{ key, value, certainty: 0.95, rows: [row] }];
      if (place < all.length - 1) return [];
      const right = row.segments[at + 1];
      if (right)
        return labelled[at + 1]?.length ? [] : [{ key, value: phrase(right.words), certainty: 0.9, rows: [row] }];
      const under = below && valueBelow(key, row, below);
      return under && below ? [{ key, value: phrase(under.words), certainty: 0.7, rows: [row, below] }] : [];
    }),
  );
  if (pairs.length > 0) return pairs;
  const [left, right] = row.segments;
  const apart = right && behindColon(right);
  if (left && apart && row.segments.length === 2 && isLabel(left)) {
    return [{ key: phrase(left.words), value: apart, certainty: 0.9, rows: [row] }];
  }
  if (!left || !right || row.segments.length !== 2 || !isLabel(left) || !/\d/.test(phrase(right.words).text)) return [];
  return [{ key: phrase(left.words), value: phrase(right.words), certainty: 0.6, rows: [row] }];
}

/** What a segment says behind the colon it opens with, as on forms whose colons stand below each other. */
function behindColon(segment: Segment): PhraseDraft | undefined {
  const [first, ...rest] = segment.words;
  if (!first?.text.startsWith(':')) return undefined;
  const glued = first.text.slice(1);
  const text = [glued, ...rest.map((word) => word.text)].filter((part) => part !== '').join(' ');
  return text === '' ? undefined : { text, words: glued === '' ? rest : segment.words };
}

/** A row of labels above a row of as many values, each below its label. */
function pairsBelow(row: Row, below: Row | undefined): RowPair[] {
  if (!below || row.segments.length < 2 || below.segments.length !== row.segments.length) return [];
  if (below.y0 - row.y1 > 1.5 * heightOf(row) || !row.segments.every(isLabel)) return [];
  const pairs = row.segments.map((segment, at) => [segment, below.segments[at] ?? segment] as const);
  const aligned = pairs.every(([label, value]) => sharedWidth(label, value) > 0);
  const figures = pairs.filter(([, value]) => /\d/.test(phrase(value.words).text)).length;
  if (!aligned || figures < Math.max(2, 0.5 * pairs.length)) return [];
  return pairs.map(([label, value]) => ({
    key: phrase(label.words),
    value: phrase(value.words),
    certainty: 0.6,
    rows: [row, below],
  }));
}

function valueBelow(key: PhraseDraft, row: Row, below: Row): Segment | undefined {
  const label = extentAround(key.words);
  if (below.y0 - row.y1 > 1.5 * heightOf(row)) return undefined;
  return below.segments.find(
    (segment) =>
      sharedWidth(segment, label) > 0.3 * Math.min(widthOf(segment), widthOf(label)) &&
      splitLabels(segment).length === 0,
  );
}

/** Cuts a segment at its colons: `Date: 3 May Tel: 12` has two labels. Empty when the first colon is none of a label. */
function splitLabels(segment: Segment): Labelled[] {
  const colons = segment.words.flatMap((word, at) => (labelColon(word.text) >= 0 ? [at] : []));
  const [first] = colons;
  if (first === undefined || first >= longestLabel) return [];
  const starts = colons.map((colon, place) =>
    place === 0 ? 0 : labelStart(segment.words, colon, (colons[place - 1] ?? 0) + 1),
  );
  return colons.flatMap((colon, place) => {
    const word = segment.words[colon];
    const start = starts[place] ?? 0;
    if (!word) return [];
    const cut = labelColon(word.text);
    const before = segment.words.slice(start, colon).map(({ text }) => text);
    const label = withoutOpenBracket([...before, word.text.slice(0, cut)].join(' ').trim());
    const rest = segment.words.slice(colon + 1, starts[place + 1]);
    const glued = word.text.slice(cut + 1);
    if (!/\p{L}/u.test(label.text)) return [];
    const behind = [glued, ...rest.map((other) => other.text)].filter((part) => part !== '').join(' ');
    const text = label.opened ? behind.replace(/[)\]]$/, '') : behind;
    const value = text === '' ? undefined : { text, words: glued === '' ? rest : [word, ...rest] };
    return [{ key: { text: label.text, words: segment.words.slice(start, colon + 1) }, value }];
  });
}

/** `(No` -> `No`: a label that opens a bracket leaves it, and its value the closing one. */
function withoutOpenBracket(label: string): { text: string; opened: boolean } {
  const opened = /^[([][^)\]]*$/.test(label);
  return { text: opened ? label.slice(1).trim() : label, opened };
}

/** Where the colon of a label stands in a word; -1 for times, addresses of pages, ratios and words without one. */
function labelColon(text: string): number {
  const at = text.indexOf(':');
  if (at < 0 || text.startsWith('://', at)) return -1;
  return /\d/.test(text.charAt(at - 1)) && /\d/.test(text.charAt(at + 1)) ? -1 : at;
}

/** The first word of a later label: back from its colon over words that start with a capital, one value word left. */
function labelStart(words: readonly PlacedWord[], colon: number, from: number): number {
  let start = colon;
  while (start - 1 > from && colon - start < 2 && /^\p{Lu}\p{L}*$/u.test(words[start - 1]?.text ?? '')) start -= 1;
  return start;
}

const isLabel = (segment: Segment): boolean => {
  const { text } = phrase(segment.words);
  return segment.words.length <= longestLabel && /\p{L}{2}/u.test(text) && !/\d{2}/.test(text) && !/[.;]$/.test(text);
};

const phrase = (words: readonly PlacedWord[]): PhraseDraft => ({
  text: words.map(({ text }) => text).join(' '),
  words,
});
