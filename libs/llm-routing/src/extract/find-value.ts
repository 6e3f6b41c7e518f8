import { currencyOfMark, datesOfText, numberOf, type LeafValue, type SchemaNode } from '@waybill/extraction';
import type { NumberedWord } from './numbered-words.js';

/** Where a value stands. `stated`: it is no copy of words (a choice, yes or no), but words were named for it. */
export interface Grounding {
  readonly how: 'cited' | 'elsewhere' | 'stated' | 'absent';
  readonly words: readonly NumberedWord[];
}

const longestDate = 5;

/**
 * Looks for a value on the page: where the model says that it stands, else anywhere. Letters are compared without case,
 * accents, spaces and punctuation; numbers and dates by what they mean.
 */
export function findValue(
  value: LeafValue,
  cited: readonly number[],
  node: SchemaNode,
  words: readonly NumberedWord[],
): Grounding {
  const named = new Set(cited);
  const nearest = nearestTo(named);
  const places = placesOf(value, words).sort((a, b) => nearest(a) - nearest(b));
  const [best] = places;
  if (best) return { how: best.some(({ number }) => named.has(number)) ? 'cited' : 'elsewhere', words: best };
  const pointed = words.filter(({ number }) => named.has(number));
  const isMeaning = typeof value === 'boolean' || node.choices.length > 0 || /^[A-Z]{3}$/.test(String(value));
  return pointed.length > 0 && isMeaning ? { how: 'stated', words: pointed } : { how: 'absent', words: [] };
}

const nearestTo =
  (named: ReadonlySet<number>) =>
  (place: readonly NumberedWord[]): number => {
    if (named.size === 0) return 0;
    const [first] = place;
    return Math.min(...[...named].map((number) => Math.abs(number - (first?.number ?? 0))));
  };

function placesOf(value: LeafValue, words: readonly NumberedWord[]): NumberedWord[][] {
  if (typeof value === 'boolean') return [];
  if (typeof value === 'number') return numberPlaces(value, words);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return [...datePlaces(value, words), ...textPlaces(value, words)];
  const marks = /^[A-Z]{3}$/.test(value) ? words.filter(({ text }) => currencyIn(text) === value) : [];
  return [...textPlaces(value, words), ...marks.map((word) => [word])];
}

const currencyIn = (text: string): string | undefined =>
  currencyOfMark(text) ?? currencyOfMark(/^[^\d\s.,-]{1,4}(?=[\d-])/.exec(text)?.[0]);

const numberPlaces = (value: number, words: readonly NumberedWord[]): NumberedWord[][] =>
  words.filter(({ text }) => /\d/.test(text) && isSame(numberOf(text), value)).map((word) => [word]);

/** A printed minus may belong to the layout (a discount column), so the sign alone is no difference. */
const isSame = (printed: number | undefined, value: number): boolean =>
  printed !== undefined && Math.abs(Math.abs(printed) - Math.abs(value)) < 1e-6;

function datePlaces(value: string, words: readonly NumberedWord[]): NumberedWord[][] {
  const day = String(Number(value.slice(8)));
  const starts = words.filter(({ text }) => text.includes(day) || /[A-Za-z]{3}/.test(text) || /\d{4}/.test(text));
  return starts.flatMap(({ number }) => {
    for (let length = 1; length <= longestDate; length += 1) {
      const run = words.slice(number, number + length);
      if (datesOfText(run.map(({ text }) => text).join(' ')).includes(value)) return [run];
    }
    return [];
  });
}

/** Letters and digits alone. */
export const squashed = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Runs of whole words that spell the text; a first word may begin earlier and a last one end later (`Nr.17`). */
function textPlaces(value: string, words: readonly NumberedWord[]): NumberedWord[][] {
  const wanted = squashed(value);
  if (wanted === '') return [];
  const ends: number[] = [];
  let all = '';
  for (const { text } of words) {
    all += squashed(text);
    ends.push(all.length);
  }
  const places: NumberedWord[][] = [];
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
    const first = ends.findIndex((end) => end > at);
    const last = ends.findIndex((end) => end >= at + wanted.length);
    const before = ends[first - 1] ?? 0;
    // A short text inside a longer word is a coincidence.
    const isWhole = at === before && ends[last] === at + wanted.length;
    if (isWhole || wanted.length >= 5) places.push(words.slice(first, last + 1));
  }
  return places;
}
