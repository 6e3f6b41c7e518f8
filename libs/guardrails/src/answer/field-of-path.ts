import words from './field-words.json' with { type: 'json' };
import { plainOf } from './says-value.js';

/** A field of an answer as a page may call it. */
export interface NamedField {
  /** Whether a text speaks of the field. */
  isNamedIn(text: string): boolean;
  /** The lines of a page that begin by naming the field and go on with something, as labels do. */
  labelled(lines: readonly string[]): readonly string[];
  readonly concept: string | undefined;
}

const concepts = Object.entries(words).map(([concept, list]) => ({ concept, pattern: patternOf(list.split(' ')) }));
/** A label is this many words at most, and its line not much longer. */
const longestLabel = 4;
const longestLine = 9;

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
  const concept = concepts.find(({ pattern }) => pattern.test(name));
  // `approved` is named by "approve" and "approval" as well.
  const stems = name.split(' ').filter((word) => word.length >= 3);
  const own =
    stems.length > 0
      ? patternOf(stems.map((word) => (word.length > 5 ? `${word.slice(0, 5)}*` : `${word}*`)))
      : undefined;
  const isNamedIn = (text: string): boolean => {
    const plain = plainOf(text);
    return own?.test(plain) === true || concept?.pattern.test(plain) === true;
  };
  const labelled = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => {
      const said = plainOf(line).split(' ');
      const rest = said.filter((word) => word.length > 1 && !isNamedIn(word) && !name.includes(word));
      return rest.length > 0 && said.length <= longestLine && isNamedIn(said.slice(0, longestLabel).join(' '));
    });
  return { isNamedIn, labelled, concept: concept?.concept };
}

function patternOf(entries: readonly string[]): RegExp {
  const forms = entries.map((entry) => {
    const plain = entry.replaceAll('_', ' ').replace('*', '').normalize('NFKD').replaceAll(/\p{M}/gu, '');
    const isFree = /[\u0600-\u06ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(plain);
    if (isFree) return plain;
    return String.raw`(?<![\p{L}\p{N}])${plain}${entry.includes('*') ? String.raw`\p{L}*` : ''}(?![\p{L}\p{N}])`;
  });
  return new RegExp(forms.join('|'), 'u');
}
