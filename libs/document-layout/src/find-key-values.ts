import { extentAround, heightOf, sharedWidth, widthOf } from './extent.js';
import type { Row } from './gather-rows.js';
import type { Segment } from './gather-segments.js';
import type { PlacedWord } from './upright-page.js';

/** Some words, and their text where it is less than the words say (a label and its value may share a word). */
export interface PhraseDraft {
  readonly text: string;
  readonly words: readonly PlacedWord[];
}

export interface RowPair {
  readonly key: PhraseDraft;
  readonly value: PhraseDraft;
  /** How sure the pattern is, 0..1, before the words' own confidence. */
  readonly certainty: number;
  /** The rows that the pair stands in. */
  readonly rows: readonly Row[];
}

/** A label and what stands behind it in the same segment; without a value it waits for a neighbour. */
interface Labelled {
  readonly key: PhraseDraft;
  readonly value: PhraseDraft | undefined;
}

const longestLabel = 7;

/** Finds labels and their values in rows of one region: behind a colon, to the right, or below. */
export function findKeyValues(rows: readonly Row[]): RowPair[] {
  return rows.flatMap((row, at) => [...pairsInRow(row, rows[at + 1]), ...pairsBelow(row, rows[at + 1])]);
}

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
  if (!left || !right || row.segments.length !== 2 || !isLabel(left) || !/\d/.test(phrase(right.words).text)) return [];
  return [{ key: phrase(left.words), value: phrase(right.words), certainty: 0.6, rows: [row] }];
}

/** A row of labels above a row of as many values, each below its label. */
function pairsBelow(row: Row, below: Row | undefined): RowPair[] {
  if (!below || row.segments.length < 2 || below.segments.length !== row.segments.length) return [];
  if (below.y0 - row.y1 > 1.5 * heightOf(row) || !row.segments.every(isLabel)) return [];
  const pairs = row.segments.map((segment, at) => [segment, below.segments[at] ?? segment] as const);
  const aligned = pairs.every(([label, value]) => sharedWidth(label, value) > 0);
  const figures = pairs.filter(([, value]) => /\d/.test(phrase(value.words).text)).length;
  if (!aligned || figures === 0 || below.segments.every(isLabel)) return [];
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
    const label = [...before, word.text.slice(0, cut)].join(' ').trim();
    const rest = segment.words.slice(colon + 1, starts[place + 1]);
    const glued = word.text.slice(cut + 1);
    if (!/\p{L}/u.test(label)) return [];
    const text = [glued, ...rest.map((other) => other.text)].filter((part) => part !== '').join(' ');
    const value = text === '' ? undefined : { text, words: glued === '' ? rest : [word, ...rest] };
    return [{ key: { text: label, words: segment.words.slice(start, colon + 1) }, value }];
  });
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
