import type { PageLayout } from '@waybill/contracts';
import { cues, foldWord } from './cues.js';
import type { Features } from './look-features.js';
import { measureScales } from './measure-scales.js';

const amount = /^[^\d]{0,3}\d{1,3}([.,' ]?\d{3})*[.,]\d{2}\b/;
const figure = /^[^\p{L}]*\d[^\p{L}]*$/u;
const label = /^[\p{L} /()#.]{2,40}:/u;
const capitals = /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u;
const smallLetters = /^\p{Ll}+[,;]?$/u;
/** Words read with less than this are mostly ink that is no text. */
const surelyRead = 0.5;

/** What the words of a page and their places tell. Confidence has no part in it: it differs between engines. */
export function layoutFeatures(layout: PageLayout): Features {
  const texts = layout.words.filter(({ confidence }) => confidence >= surelyRead).map(({ text }) => text);
  const folded = texts.map(foldWord);
  const count = Math.max(1, texts.length);
  const shareOf = (holds: (text: string) => boolean): number => texts.filter(holds).length / count;
  const perLine = layout.lines.map(({ words }) => words.length).sort((one, other) => one - other);
  const inTables = new Set(layout.tables.flatMap(({ cells }) => cells.flatMap(({ words }) => words)));
  const columns = layout.tables.reduce((most, table) => Math.max(most, table.columns), 0);
  const rows = layout.tables.reduce((sum, table) => sum + table.rows, 0);
  const area = layout.words.reduce((sum, { box: [x0, y0, x1, y1] }) => sum + (x1 - x0) * (y1 - y0), 0);
  return {
    words: Math.log1p(texts.length),
    wordsPerLine: Math.log1p(perLine[perLine.length >> 1] ?? 0),
    lines: Math.log1p(layout.lines.length),
    wordLength: folded.reduce((sum, word) => sum + word.length, 0) / count,
    wordArea: Math.min(1, area),
    amounts: shareOf((text) => amount.test(text)),
    anyAmounts: Math.log1p(texts.filter((text) => amount.test(text)).length),
    figures: shareOf((text) => figure.test(text)),
    labels: layout.lines.filter(({ text }) => label.test(text)).length / Math.max(1, layout.lines.length),
    pairs: layout.keyValues.length / Math.max(1, layout.lines.length),
    inTables: inTables.size / Math.max(1, layout.words.length),
    tableColumns: Math.log1p(columns),
    tableRows: Math.log1p(rows),
    colons: shareOf((text) => text.endsWith(':')),
    capitals: shareOf((text) => capitals.test(text)),
    sentences: shareOf((text) => smallLetters.test(text)),
    ...measureTables(layout),
    ...measureScales(layout),
    checkBoxes: Math.log1p(layout.checkBoxes?.length ?? 0),
    lineLength: medianOf(layout.lines.map(({ box: [x0, , x1] }) => x1 - x0)),
    tallness: Math.max(-2.5, Math.min(2.5, Math.log(layout.height / layout.width))),
    ...cueShares(folded),
  };
}

/** What stands in tables: the share of figures in their words, words in a cell, and cells without any. */
function measureTables({ tables, words }: PageLayout): Features {
  const cells = tables.flatMap((table) => table.cells);
  const inside = cells.flatMap((cell) => cell.words);
  const figures = inside.filter((word) => figure.test(words[word]?.text ?? ''));
  return {
    tableFigures: figures.length / Math.max(1, inside.length),
    cellWords: Math.log1p(inside.length / Math.max(1, cells.length)),
    emptyCells: cells.filter((cell) => cell.words.length === 0).length / Math.max(1, cells.length),
  };
}

function medianOf(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

/** For each kind with cues: the share of words that are cues of it, and how many different ones there are. */
function cueShares(folded: readonly string[]): Features {
  const features: Record<string, number> = {};
  for (const [kind, words] of cues) {
    const found = folded.filter((word) => words.has(word));
    features[`${kind}Cues`] = found.length / Math.max(1, folded.length);
    features[`${kind}CueKinds`] = Math.log1p(new Set(found).size);
  }
  return features;
}
