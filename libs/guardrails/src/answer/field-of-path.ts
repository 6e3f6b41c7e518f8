import words from './field-words.json' with { type: 'json' };
import { plainOf } from './says-value.js';

/** A field of an answer as a page may call it. */
export interface NamedField {
  /** Whether a text speaks of the field. */
  isNamedIn(text: string): boolean;
  /** The lines of a page that begin by naming the field and go on with something, as labels do. */
  labelled(lines: readonly string[]): readonly string[];
  readonly concept: string | undefined;
  /** Whether the name has no word beside the concept's, as `due_date` has. */
  readonly isPlain: boolean;
}

const isFreeWriting = /[\u0600-\u06ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u;
const concepts = Object.entries(words).map(([concept, list]) => ({ concept, pattern: patternOf(list.split(' ')) }));
/** A label is this many words at most, and its line not much longer. */
const longestLabel = 4;
const longestLine = 9;
/** What a paper is called says nothing about which of its values is meant. */
const papers = new Set(['invoice', 'receipt', 'document', 'bill', 'issue']);

/** The field at a JSON Pointer, by its own name: `/items/0/total/value` is `total`. */
export function fieldOfPath(path: string): NamedField {
  const name = plainOf(
    (
      path
        .replace(/\/value$/, '')
        .split('/')
        .findLast((part) => !/^\d+$/.test(part)) ?? ''
    ).replaceAll(/([a-z])([A-Z])/g, '$1 $2'),
  );
  const concept = conceptOf(name);
  // `approved` is named by "approve" and "approval" as well.
  const stems = name.split(' ').filter((word) => word.length >= 3);
  const own =
    stems.length > 0
      ? patternOf(stems.flatMap((word) => (word.length > 5 ? [`${word.slice(0, 5)}*`] : [word, `${word}s`])))
      : undefined;
  const isNamedIn = (text: string): boolean => {
    const plain = plainOf(text);
    return own?.test(plain) === true || concept?.pattern.test(plain) === true;
  };
  const labelled = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => {
      const said = plainOf(line).split(' ');
      if (said.length > longestLine || !isNamedIn(said.slice(0, longestLabel).join(' '))) return false;
      return said.some((word) => word.length > 1 && !isNamedIn(word) && !name.includes(word));
    });
  const isPlain =
    concept !== undefined && name.split(' ').every((word) => papers.has(word) || concept.pattern.test(word));
  return { isNamedIn, labelled, concept: concept?.concept, isPlain };
}

/** A day is a day whatever it is the day of: `due_date`. */
function conceptOf(name: string): (typeof concepts)[number] | undefined {
  const last = name.slice(name.lastIndexOf(' ') + 1);
  return (
    concepts.find(({ concept, pattern }) => concept === 'date' && pattern.test(last)) ??
    concepts.find(({ pattern }) => pattern.test(name))
  );
}

/** Of words and, with `*`, beginnings of words; writing that puts no spaces between words has them anywhere. */
function patternOf(entries: readonly string[]): RegExp {
  const forms = entries.map((entry) => {
    const plain = entry.replaceAll('_', ' ').replace('*', '').normalize('NFKD').replaceAll(/\p{M}/gu, '');
    return { plain, isFree: isFreeWriting.test(plain), end: entry.includes('*') ? String.raw`\p{L}*` : '' };
  });
  const spaced = forms.filter(({ isFree }) => !isFree).map(({ plain, end }) => plain + end);
  const free = forms.filter(({ isFree }) => isFree).map(({ plain }) => plain);
  // The borders of words are looked at once for all of them, which is many times as fast.
  const words = String.raw`(?<![\p{L}\p{N}])(?:${spaced.join('|')})(?![\p{L}\p{N}])`;
  return new RegExp([...(spaced.length > 0 ? [words] : []), ...free].join('|'), 'u');
}
