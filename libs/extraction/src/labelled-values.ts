import type { PageLayout } from '@waybill/contracts';
import { calibrate } from './calibrate.js';
import { segmentOf, type DocumentText } from './document-text.js';
import type { JudgedField } from './fill-schema.js';
import { labelsStacked } from './stacked-labels.js';

/** A label on a page, and the words of its value. */
interface Pair {
  readonly page: number;
  readonly label: string;
  readonly value: string;
  readonly keyWords: readonly number[];
  readonly valueWords: readonly number[];
  readonly certainty: number;
  readonly atMost: number;
}

/** Rows that are set alike show a label less surely than a colon does: about two in three are one. */
const certaintyOfStacks = 0.65;

/**
 * Every labelled value of a document that no schema was given for, under its own label: the layout's key-values, then labels that only
 * their place shows. Of equal labels the first counts.
 */
export function labelledValues(text: DocumentText): { values: Record<string, unknown>; fields: JudgedField[] } {
  const values = new Map<string, unknown>();
  const fields: JudgedField[] = [];
  for (const layout of text.layouts) {
    for (const pair of [...pairsOf(layout), ...stackedOn(text, layout)]) {
      const name = pair.label.replace(/[\s:]+$/, '');
      if (!name || !pair.value.trim() || values.has(name)) continue;
      values.set(name, pair.value);
      fields.push(fieldOf(name, pair, layout));
    }
  }
  return { values: Object.fromEntries(values), fields };
}

const pairsOf = (layout: PageLayout): Pair[] =>
  layout.keyValues.map(({ key, value, confidence }) => ({
    ...{ page: layout.page, label: key.text, value: value.text },
    ...{ keyWords: key.words, valueWords: value.words, certainty: confidence, atMost: 1 },
  }));

/** Words that are part of a key-value already are left to it. */
function stackedOn(text: DocumentText, layout: PageLayout): Pair[] {
  const taken = new Set(layout.keyValues.flatMap(({ key, value }) => [...key.words, ...value.words]));
  return labelsStacked(text).flatMap(({ key, value }) => {
    const [keyWords, valueWords] = [key, value].map((tokens) => tokens.map(({ word }) => word)) as [number[], number[]];
    if (key[0]?.page !== layout.page || [...keyWords, ...valueWords].some((word) => taken.has(word))) return [];
    const [label, printed] = [key, value].map((tokens) => segmentOf(tokens).text) as [string, string];
    const sure = { certainty: certaintyOfStacks, atMost: certaintyOfStacks };
    return [{ page: layout.page, label, value: printed, keyWords, valueWords, ...sure }];
  });
}

function fieldOf(name: string, { value, valueWords, certainty, atMost }: Pair, layout: PageLayout): JudgedField {
  const words = valueWords.flatMap((word) => layout.words[word] ?? []);
  const reading = Math.min(1, ...words.map((word) => word.confidence));
  const evidence = { label: certainty, reading, agreement: 0, margin: 1, form: 1 };
  return {
    path: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    value,
    confidence: Math.min(calibrate('labelled', evidence), atMost),
    page: layout.page,
    boxes: words.map((word) => word.box),
    words: [...valueWords],
    judged: { kind: 'labelled', evidence },
  };
}
