import { tokensBetween, type Row, type Token } from './document-text.js';
import { editDistance } from './fold-text.js';
import { numericView } from './read-amounts.js';

/** A date on a row. Two readings are possible where the order of day and month is not clear. */
export interface PrintedDate {
  readonly printed: string;
  readonly row: Row;
  readonly start: number;
  readonly tokens: readonly Token[];
  /** ISO 8601 with the day first, where that is a date. */
  readonly dayFirst: string | undefined;
  /** ISO 8601 with the month first, where that is another date. */
  readonly monthFirst: string | undefined;
  /** False where a letter of it had to be guessed. */
  readonly isPlain: boolean;
}

/** The first three letters of months in English, Malay, German, French, Spanish, Italian, Portuguese, Dutch. */
const months: Readonly<Record<string, number>> = {
  ...{ jan: 1, ene: 1, gen: 1, feb: 2, fev: 2, mar: 3, mac: 3, mrz: 3, maa: 3, apr: 4, avr: 4, abr: 4 },
  ...{ may: 5, mei: 5, mai: 5, mag: 5, jun: 6, giu: 6, jul: 7, lug: 7, aug: 8, ago: 8, ogo: 8, sep: 9, set: 9 },
  ...{ oct: 10, okt: 10, ott: 10, out: 10, nov: 11, dec: 12, dis: 12, dez: 12, dic: 12 },
};
const separator = ' ?([-/.]) ?';
const year = '(?:19|20)\\d{2}';
const numericYearFirst = new RegExp(`(?<![\\d/.-])(${year})${separator}(\\d{1,2}) ?\\2 ?(\\d{1,2})(?![\\d/])`, 'g');
const numeric = new RegExp(
  `(?<![\\d/.,-])(\\d{1,2})${separator}(\\d{1,2})(?: ?\\2 ?(${year}|\\d{2})|[-/.](${year}))(?!\\d|[/.,-]\\d)`,
  'g',
);
const dayNamed = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[ .,/-]{0,3}([A-Za-zéûä]{3,10})[ .,'’/-]{0,3}(${year}|\\d{2})(?!\\d)`,
  'gi',
);
/** A month whose three letters were not all read right. */
const nearlyNamed = new RegExp(`(?<![\\dA-Za-z])(\\d{1,2})([ /-])([A-Za-z0-9|]{3})\\2(${year})(?!\\d)`, 'g');
const monthNamed = new RegExp(`([A-Za-zéûä]{3,10})[ .]{1,2}(\\d{1,2})(?:st|nd|rd|th)?[ ,]{1,3}(${year})(?!\\d)`, 'gi');

const read = new WeakMap<Row, readonly PrintedDate[]>();

/** Every date on a row, from left to right. Many rules ask for them, so that a row is read once. */
export function readDates(row: Row): readonly PrintedDate[] {
  const known = read.get(row) ?? datesOn(row);
  read.set(row, known);
  return known;
}

function datesOn(row: Row): PrintedDate[] {
  const view = numericView(row.text);
  const found: PrintedDate[] = [];
  const add = (match: RegExpMatchArray, dayFirst: string | undefined, monthFirst?: string, mended?: string): void => {
    const start = match.index ?? 0;
    const overlaps = found.some(
      (date) => start < date.start + date.printed.length && date.start < start + match[0].length,
    );
    if ((dayFirst ?? monthFirst) === undefined || overlaps) return;
    const tokens = tokensBetween(row, start, start + match[0].length);
    found.push({
      printed: mended ?? match[0],
      row,
      start,
      tokens,
      dayFirst,
      monthFirst,
      isPlain: mended === undefined,
    });
  };
  for (const match of view.matchAll(numericYearFirst)) add(match, isoDate(match[1], match[3], match[4]));
  for (const match of view.matchAll(numeric)) {
    const [, first, , second, sameMark, otherMark] = match;
    const last = sameMark ?? otherMark;
    const monthFirst = isoDate(last, first, second);
    const dayFirst = isoDate(last, second, first);
    add(match, dayFirst, monthFirst === dayFirst ? undefined : monthFirst);
  }
  for (const match of row.text.matchAll(dayNamed)) add(match, isoDate(match[3], monthOf(match[2]), match[1]));
  for (const match of row.text.matchAll(monthNamed)) add(match, isoDate(match[3], monthOf(match[1]), match[2]));
  for (const match of row.text.matchAll(nearlyNamed)) {
    const month = nearestMonth(match[3]);
    if (month)
      add(
        match,
        isoDate(match[4], months[month], match[1]),
        undefined,
        match[0].replace(match[3] ?? '', titled(month)),
      );
  }
  return found.sort((a, b) => a.start - b.start);
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The one English month that differs from the text in a single letter. */
function nearestMonth(name = ''): string | undefined {
  const near = englishMonths.filter((month) => editDistance(name.toLowerCase(), month, 1) === 1);
  return near.length === 1 && /[a-z]/i.test(name) ? near[0] : undefined;
}

const monthOf = (name = ''): number | undefined =>
  months[
    name
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .slice(0, 3)
      .toLowerCase()
  ];

/** ISO 8601 of a day that exists between 1950 and 2099; a year of two digits lies between 1950 and 2049. */
function isoDate(
  yearText: string | undefined,
  month: string | number | undefined,
  day: string | undefined,
): string | undefined {
  const short = yearText?.length === 2;
  const fullYear = Number(yearText) + (short ? (Number(yearText) < 50 ? 2000 : 1900) : 0);
  if (month === undefined || !(fullYear >= 1950 && fullYear <= 2099)) return undefined;
  const date = new Date(Date.UTC(fullYear, Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  return date.toISOString().slice(0, 10);
}
