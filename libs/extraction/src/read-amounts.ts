import { tokensBetween, type Row, type Token } from './document-text.js';

/** An amount of money on a row, in hundredths. */
export interface Amount {
  readonly cents: number;
  /** The number as printed, without currency. */
  readonly printed: string;
  /** ISO 4217, where a symbol or code stands beside it. */
  readonly currency: string | undefined;
  readonly row: Row;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  /** False for a whole number without decimals. */
  readonly hasDecimals: boolean;
}

/** Longest first, because the first that fits is taken. `$` alone is settled by `findCurrency`. */
const currencyMarks: readonly (readonly [RegExp, string])[] = [
  [/^(?:RM|MYR)$/i, 'MYR'],
  [/^(?:US\$|USD)$/i, 'USD'],
  [/^(?:S\$|SGD)$/i, 'SGD'],
  [/^(?:A\$|AU\$|AUD)$/i, 'AUD'],
  [/^(?:C\$|CA\$|CAD)$/i, 'CAD'],
  [/^(?:HK\$|HKD)$/i, 'HKD'],
  [/^(?:€|EUR|EURO)$/i, 'EUR'],
  [/^(?:£|GBP)$/i, 'GBP'],
  [/^(?:¥|JPY|YEN)$/i, 'JPY'],
  [/^(?:₹|INR|RS)$/i, 'INR'],
  [/^(?:CHF|SFR)$/i, 'CHF'],
  [/^(?:CNY|RMB)$/i, 'CNY'],
  [/^(?:SEK|NOK|DKK|PLN|CZK|IDR|THB|PHP|KRW|BRL|MXN|ZAR|NZD|AED|TRY)$/i, ''],
  [/^\$$/, '$'],
];
const mark =
  '(?:RM|MYR|US\\$|USD|S\\$|SGD|AU?\\$|AUD|CA?\\$|CAD|HK\\$|HKD|€|EURO?|£|GBP|¥|JPY|₹|INR|Rs\\.?|CHF|CNY|RMB|SEK|NOK|DKK|PLN|CZK|IDR|THB|PHP|KRW|BRL|MXN|ZAR|NZD|AED|TRY|\\$)';
const withDecimals = "\\d{1,3}(?:[,.'’]\\d{3})+[.,]\\d{2}|\\d+ ?[.,] ?\\d{2}";
const whole = '\\d{1,3}(?:[,.]\\d{3})+|\\d+';
const amountPattern = new RegExp(
  `(?<![A-Za-z0-9.,/-])(?:(${mark}) ?)?([-−(]? ?)(${withDecimals})(?![0-9]|[.,:/-]\\d| ?%)\\)?(?: ?(${mark})(?![A-Za-z]))?`,
  'gi',
);
const wholePattern = new RegExp(`(?<![A-Za-z0-9.,/:-])(?:(${mark}) ?)(-? ?)(${whole})(?![0-9.,:/%-])`, 'gi');

/** Letters that readers mistake for digits, where they stand among digits. Keeps the length of the text. */
export function numericView(text: string): string {
  return text.replace(/[^\s]+/g, (word) => {
    const digits = word.replace(/[^0-9]/g, '').length;
    if (digits === 0 || !/^[^A-Za-z]*[0-9OoDQIl|SsBZz.,:/-]+[^A-Za-z]*$/.test(word)) return word;
    const letters = word.replace(/[^A-Za-z|]/g, '').length;
    if (letters === 0 || letters > digits) return word;
    return word
      .replace(/[OoDQ]/g, '0')
      .replace(/[Il|]/g, '1')
      .replace(/[Ss]/g, '5')
      .replace(/B/g, '8')
      .replace(/[Zz]/g, '2');
  });
}

const read = new WeakMap<Row, readonly Amount[]>();

/**
 * Amounts with decimals on a row, from left to right; and whole numbers where a currency stands before them. Many rules
 * ask for them, so that a row is read once.
 */
export function readAmounts(row: Row): readonly Amount[] {
  const known = read.get(row) ?? amountsOn(row);
  read.set(row, known);
  return known;
}

function amountsOn(row: Row): Amount[] {
  const view = numericView(row.text);
  const found = [...view.matchAll(amountPattern)].flatMap((match) => amountOf(row, match, match[4], true));
  if (found.length > 0) return found;
  return [...view.matchAll(wholePattern)].flatMap((match) => amountOf(row, match, undefined, false));
}

/**
 * The number at the end of a row that has lost its decimal point: `5142` or `57 50` for 51.42 and 57.50. Only for rows
 * that a label says end in an amount, in documents that write decimals.
 */
export function readPointlessAmount(row: Row): Amount[] {
  const match = /(?<![\dA-Za-z.,/:-])(\d{1,4} ?\d{2})(?: ?[A-Z]{1,2})?$/.exec(numericView(row.text));
  const last = row.segments.at(-1);
  if (!match || !last || row.segments.length < 2) return [];
  const [all, digits = ''] = match;
  const tokens = tokensBetween(row, match.index, match.index + digits.length);
  if (digits.replace(' ', '').length < 3 || tokens.some((token) => !last.tokens.includes(token))) return [];
  const place = { row, start: match.index, end: match.index + all.length, tokens };
  const cents = Number(digits.replace(' ', ''));
  return [{ cents, printed: digits, currency: undefined, hasDecimals: false, ...place }];
}

function amountOf(row: Row, match: RegExpMatchArray, after: string | undefined, hasDecimals: boolean): Amount[] {
  const [all, before, sign = '', digits = ''] = match;
  const start = (match.index ?? 0) + all.indexOf(digits, before?.length ?? 0);
  const tokens = tokensBetween(row, match.index ?? 0, start + digits.length);
  // `12. 50` is one amount only where its parts nearly touch; otherwise the space parts two numbers.
  if (digits.includes(' ') && !nearlyTouch(tokensBetween(row, start, start + digits.length))) return [];
  const cents = parseCents(digits);
  if (cents === undefined) return [];
  return [
    {
      cents: /[-−(]/.test(sign) ? -cents : cents,
      printed: digits.replaceAll(' ', ''),
      currency: currencyOfMark(before ?? after),
      row,
      start: match.index ?? 0,
      end: (match.index ?? 0) + all.length,
      tokens,
      hasDecimals,
    },
  ];
}

const nearlyTouch = (tokens: readonly Token[]): boolean =>
  tokens.every((token, at) => {
    const next = tokens[at + 1];
    return !next || next.x0 - token.x1 < 0.35 * (token.y1 - token.y0);
  });

/** Hundredths of `1,234.50`, `1.234,50`, `1234`, …; the last separator with two digits behind it is the decimal mark. */
export function parseCents(text: string): number | undefined {
  const clean = text.replace(/[\s'’]/g, '');
  const decimal = /[.,](\d{2})$/.exec(clean);
  const wholePart = (decimal ? clean.slice(0, -3) : clean).replace(/[.,]/g, '');
  if (!/^\d{1,11}$/.test(wholePart)) return undefined;
  return Number(wholePart) * 100 + Number(decimal?.[1] ?? 0);
}

/** ISO 4217 of a symbol or code; `$` stays `$`, because several currencies use it. */
export function currencyOfMark(text: string | undefined): string | undefined {
  const trimmed = text?.trim().replace(/\.$/, '');
  if (!trimmed) return undefined;
  for (const [pattern, code] of currencyMarks) if (pattern.test(trimmed)) return code || trimmed.toUpperCase();
  return undefined;
}
