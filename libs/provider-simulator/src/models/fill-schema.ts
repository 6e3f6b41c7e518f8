import type { KnownDocument } from './known-document.js';

type Schema = Readonly<Record<string, unknown>>;

/**
 * An instance of a JSON schema from the words of a text, as a plausible reader would fill it: labels and kinds of
 * value lead to lines.
 */
export function fillSchema(schema: Schema, text: string, { mistaken, known }: Reader): unknown {
  const words = numberedWords(text);
  const said = words.length > 0 ? unnumbered(text) : text;
  const lines = said.split('\n').map((line) => line.trim());
  return fill(schema, '', { lines: lines.filter(Boolean), words, mistaken, known });
}

interface Reader {
  /** Decides for each path whether the reader errs there. */
  readonly mistaken: (path: string) => boolean;
  /** What the document says, where the reader knows it. */
  readonly known?: KnownDocument | undefined;
}

interface Reading extends Reader {
  readonly lines: readonly string[];
  /** By number, where the text numbers its words. */
  readonly words: readonly string[];
}

function fill(schema: Schema, path: string, reading: Reading): unknown {
  const name = path.slice(1);
  if (reading.known && Object.hasOwn(reading.known, name)) return told(schema, path, reading.known[name], reading);
  const type = typeOf(schema);
  if (type === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    if (isCited(properties)) return cited(fill(properties.value ?? {}, path, reading), reading.words);
    return Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, fill(inner, `${path}/${name}`, reading)]),
    );
  }
  if (type === 'array') return fillList((schema.items ?? {}) as Schema, path, reading);
  const value = leaf(schema, type, path.split('/').at(-1) ?? '', reading.lines);
  return reading.mistaken(path) ? wrong(value) : value;
}

/** A known value in the shape that is asked for. */
function told(schema: Schema, path: string, value: unknown, reading: Reading): unknown {
  const type = typeOf(schema);
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  if (type === 'array' && Array.isArray(value)) {
    return value.map((entry, row) => told((schema.items ?? {}) as Schema, `${path}/${row}`, entry, reading));
  }
  if (type !== 'object') return reading.mistaken(path) ? wrong(value) : value;
  if (isCited(properties)) return cited(reading.mistaken(path) ? wrong(value) : value, reading.words);
  const inner = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(properties).map(([key, wanted]) => [
      key,
      told(wanted, `${path}/${key}`, inner[key] ?? null, reading),
    ]),
  );
}

/** A value that is asked for together with the numbers of its words. */
const isCited = (properties: Readonly<Record<string, Schema>>): boolean =>
  Object.keys(properties).sort().join() === 'value,words';

function cited(value: unknown, words: readonly string[]): { value: unknown; words: number[] } {
  const parts = value === null || typeof value === 'object' ? [] : `${value as string | number | boolean}`.split(/\s+/);
  const numbers = words.flatMap((word, number) =>
    parts.some((part) => word.includes(part) || Number(word.replaceAll(/[^\d.]/g, '')) === Number(part))
      ? [number]
      : [],
  );
  return { value, words: numbers.slice(0, 12) };
}

/** The words between the fences of a document, when each line begins with the number of its first word: `[17] Total`. */
function numberedWords(text: string): string[] {
  const words: string[] = [];
  for (const [, number = '', run = ''] of fenced(text).matchAll(/\[(\d+)\] ([^[\n]*)/g)) {
    run
      .trim()
      .split(' ')
      .forEach((word, at) => (words[Number(number) + at] = word));
  }
  return words;
}

const fenced = (text: string): string => /<(document-[0-9a-f]+)>\n([\s\S]*)\n<\/\1>/.exec(text)?.[2] ?? '';
const unnumbered = (text: string): string =>
  fenced(text)
    .replaceAll(/^== page \d+ ==$/gm, '')
    .replaceAll(/\[\d+\] /g, '');

/** Rows are lines that end with an amount and are no sum. */
function fillList(items: Schema, path: string, reading: Reading): unknown[] {
  const rows = reading.lines.filter(
    (line) => /[^\d\s].*\d[.,]\d\d$/.test(line) && !/total|tax|vat|cash|change/i.test(line),
  );
  return rows.map((line, row) => {
    const name = line.replace(/[\s£$€]*[\d.,]+$/, '');
    const amount = numberIn(line);
    if (typeOf(items) !== 'object') return typeOf(items) === 'number' ? amount : name;
    const properties = (items.properties ?? {}) as Record<string, Schema>;
    return Object.fromEntries(
      Object.entries(properties).map(([key, wanted]) => {
        const wrapped = (wanted.properties ?? {}) as Record<string, Schema>;
        const inner = isCited(wrapped) ? (wrapped.value ?? {}) : wanted;
        const value = typeOf(inner) === 'string' ? name : /quantity|count/i.test(key) ? 1 : amount;
        const said = reading.mistaken(`${path}/${row}/${key}`) ? wrong(value) : value;
        return [key, isCited(wrapped) ? cited(said, reading.words) : said];
      }),
    );
  });
}

function leaf(schema: Schema, type: string, name: string, lines: readonly string[]): unknown {
  const options = Array.isArray(schema.enum) ? (schema.enum as unknown[]) : undefined;
  if (options) {
    const said = lines.join(' ').toLowerCase();
    return options.find((option) => said.includes(String(option).toLowerCase())) ?? options[0];
  }
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').split(/[\s_-]+/);
  const labelled = lines.findLast((line) => words.every((word) => line.toLowerCase().includes(word.toLowerCase())));
  if (type === 'boolean') return labelled !== undefined;
  if (type === 'number' || type === 'integer') return labelled === undefined ? null : numberIn(labelled);
  if (/date/i.test(name)) return dateIn(lines);
  if (/currency/i.test(name)) return currencyIn(lines);
  if (/merchant|company|vendor|seller|name|title/i.test(name)) return lines[0] ?? null;
  return labelled?.replace(/^[^:]*:\s*/, '') ?? null;
}

const numberIn = (line: string): number | null => {
  const digits = /([\d,]*\d(?:\.\d+)?)\D*$/.exec(line)?.[1];
  return digits === undefined ? null : Number(digits.replaceAll(',', ''));
};

function dateIn(lines: readonly string[]): string | null {
  const text = lines.join(' ');
  const iso = /\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  const [, day, month, year] = /(\d{2})[/.](\d{2})[/.](\d{4})/.exec(text) ?? [];
  return iso ?? (day ? `${year}-${month}-${day}` : null);
}

function currencyIn(lines: readonly string[]): string | null {
  const text = lines.join(' ');
  if (text.includes('£')) return 'GBP';
  if (text.includes('€')) return 'EUR';
  return text.includes('$') ? 'USD' : (/\b(EUR|USD|GBP|CHF)\b/.exec(text)?.[0] ?? null);
}

/** A typical mistake: a digit or a letter read wrongly, or a value that is not there. */
function wrong(value: unknown): unknown {
  if (typeof value === 'number') return Math.round((value + 1) * 100) / 100;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string' && /\d/.test(value)) {
    return value.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
  }
  if (typeof value === 'string' && value.length > 1) return `${value.slice(1)}${value[0] ?? ''}`;
  return value === null ? 'unclear' : null;
}

/** The first type that is not null. */
function typeOf(schema: Schema): string {
  const [first] = [schema.type].flat().filter((type) => type !== 'null') as string[];
  return first ?? (schema.properties ? 'object' : 'string');
}
