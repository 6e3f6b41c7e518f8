import { PieceRestorer } from './piece-restorer.js';

/** A value that is not to leave, and what stands for it. */
export interface HiddenValue {
  readonly value: string;
  /** For example `[EMAIL_1]`. */
  readonly placeholder: string;
}

/** A text without its hidden values, and how often one was put away. */
export interface HiddenText {
  readonly text: string;
  readonly hidden: number;
}

/** How a value is written where it is put back: as it is, or inside of a string of JSON. */
export type ValueSpelling = 'text' | 'json-string';

/** Stands for each further word of a hidden value, so that words keep their numbers. */
const filler = '~';
/** A shorter run of letters and digits is found anywhere by chance. */
const shortestLeak = 7;
/** Between words of a value: space, and the number of a word in brackets. */
const gap = String.raw`((?:\s|\||\[\d+\])+)`;

/** The values of a document that are hidden from models, and the way back. Equal values have equal placeholders. */
export class HiddenValues {
  readonly #byPlain = new Map<string, HiddenValue>();
  readonly #byName = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #pattern: RegExp | undefined;

  /** @param taken every text of the document: a placeholder that stands there already is not used */
  constructor(private readonly taken: string) {}

  get size(): number {
    return this.#byPlain.size;
  }

  /** Gives the placeholder; the same one for the same letters and digits. */
  add(kind: string, value: string): string {
    const plain = plainOf(value) || value;
    const known = this.#byPlain.get(plain);
    if (known) return known.placeholder;
    const name = kind.toUpperCase().replaceAll('-', '_');
    let count = this.#counts.get(name) ?? 0;
    let placeholder: string;
    do placeholder = `[${name}_${(count += 1)}]`;
    while (this.taken.includes(placeholder));
    this.#counts.set(name, count);
    this.#byPlain.set(plain, { value, placeholder });
    this.#byName.set(placeholder.slice(1, -1), value);
    this.#pattern = undefined;
    return placeholder;
  }

  /** Puts placeholders in the place of values. */
  hideIn(text: string): HiddenText {
    let [hidden, result] = [0, text];
    const longestFirst = [...this.#byPlain.values()].sort((a, b) => b.value.length - a.value.length);
    for (const { value, placeholder } of longestFirst) {
      result = result.replaceAll(patternOf(value), (...groups: unknown[]) => {
        hidden += 1;
        const gaps = groups.slice(1, -2).filter((one) => typeof one === 'string');
        return [placeholder, ...gaps.map((between) => `${between}${filler}`)].join('');
      });
    }
    for (const [plain, { placeholder }] of this.#byPlain) {
      for (let place = placeOf(plain, result); place; place = placeOf(plain, result)) {
        hidden += 1;
        result = `${result.slice(0, place.start)}${placeholder}${result.slice(place.end)}`;
      }
    }
    return { text: result, hidden };
  }

  /** The placeholder of the first hidden value that still shows in a text; undefined when none does. */
  leakIn(text: string): string | undefined {
    return [...this.#byPlain].find(([plain]) => placeOf(plain, text))?.[1].placeholder;
  }

  /** Puts the values back into an answer, wherever text stands in it. */
  restoreIn<Answer>(answer: Answer): Answer {
    if (typeof answer === 'string') return this.restoreText(answer) as Answer;
    if (Array.isArray(answer)) return answer.map((one: unknown) => this.restoreIn(one)) as Answer;
    if (answer === null || typeof answer !== 'object') return answer;
    return Object.fromEntries(
      Object.entries(answer).map(([key, one]) => [key, this.restoreIn(one as unknown)]),
    ) as Answer;
  }

  /** Puts the values back into a text. Models drop brackets, change case, and copy the fillers. */
  restoreText(text: string, spelling: ValueSpelling = 'text'): string {
    if (this.#byPlain.size === 0) return text;
    return text.replaceAll(this.#placeholders, (_match, name: string) => {
      const value = (this.#byName.get(name.toUpperCase()) ?? '').replaceAll(/\s+/g, ' ');
      return spelling === 'text' ? value : JSON.stringify(value).slice(1, -1);
    });
  }

  /** Puts the values back into a text that comes in pieces. */
  restorer(spelling: ValueSpelling): PieceRestorer {
    const names = [...this.#byName.keys()];
    return new PieceRestorer(names, (text) => this.restoreText(text, spelling));
  }

  /** All at once, so that a value which is put back is not taken for a placeholder. */
  get #placeholders(): RegExp {
    const names = [...this.#byName.keys()].join('|');
    return (this.#pattern ??= new RegExp(String.raw`\[?(?<!\w)(${names})(?!\w)\]?(?:[ ]?~)*`, 'gi'));
  }
}

/** Where letters and digits spell a value, whatever stands between them; undefined where they do not. */
function placeOf(plain: string, text: string): { readonly start: number; readonly end: number } | undefined {
  if (plain.length < shortestLeak) return undefined;
  let spelt = '';
  const from: number[] = [];
  for (const { 0: piece, index } of text.matchAll(/\[\d+\]|[\p{L}\p{N}]/gu)) {
    if (piece.startsWith('[')) continue;
    for (const letter of piece.toLowerCase()) {
      spelt += letter;
      from.push(index);
    }
  }
  const at = spelt.indexOf(plain);
  return at < 0 ? undefined : { start: from[at] ?? 0, end: (from[at + plain.length - 1] ?? 0) + 1 };
}

/** Letters and digits alone. */
const plainOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** The value as it stands in any text made from the page: Markdown escapes, numbers of words and cells between. */
function patternOf(value: string): RegExp {
  const words = value
    .trim()
    .split(/\s+/)
    .map((word) => [...word].map(escaped).join(''));
  const [before, after] = [
    /^[\p{L}\p{N}]/u.test(value) ? String.raw`(?<![\p{L}\p{N}])` : '',
    /[\p{L}\p{N}]$/u.test(value) ? String.raw`(?![\p{L}\p{N}])` : '',
  ];
  return new RegExp(before + words.join(gap) + after, 'gu');
}

const escaped = (mark: string): string =>
  /[\p{L}\p{N}]/u.test(mark)
    ? mark
    : String.raw`\\?` + (mark === '&' ? '&(?:amp;)?' : mark.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
