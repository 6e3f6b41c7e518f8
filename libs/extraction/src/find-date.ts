import type { DocumentText } from './document-text.js';
import { foldText } from './fold-text.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';
import { readDates, type PrintedDate } from './read-dates.js';

export type DateRole = 'issued' | 'due';

const otherRoles =
  /\b(?:EXPIR\w*|VALID|DELIVERY|DELIVERED|SHIP\w*|BIRTH|DOB|PRINT(?:ED)?|APPROVED|PERIOD|UNTIL|BEFORE|RETURN|EXCHANGE|SINCE|ORDER)\b/;
const dueRole = /\b(?:DUE|PAY BY|PAYABLE BY|FALLIG\w*|ECHEANCE|VENCIMIENTO)\b/;
const dateWord = /\b(?:DATE|DATED|TARIKH|DATUM|FECHA|DATA)\b/;
const issueWords =
  /\b(?:INVOICE|INV|ISSUE|ISSUED|RECEIPT|BILL|DOC|DOCUMENT|TRANSACTION|TXN|SALES|RECHNUNGSDATUM|TAX)\b/;
const timeOfDay = /\b\d{1,2} ?[:.] ?\d{2}(?: ?[:.] ?\d{2})?\s*(?:[AP]\.?M\.?)?/i;

/** Finds the date of one role. The order of day and month is learned from the document's other dates and its currency. */
export function findDate(
  text: DocumentText,
  role: DateRole,
  currency: string | undefined,
): Finding<string> | undefined {
  const dates = text.rows.flatMap((row) => readDates(row));
  const monthFirst = writesMonthFirst(dates, currency);
  const candidates = dates.flatMap((date) => {
    const value = (monthFirst ? date.monthFirst : undefined) ?? date.dayFirst ?? date.monthFirst;
    return value === undefined ? [] : [{ date, value, ...judge(text, date, role) }];
  });
  const repeats = (value: string): number => candidates.filter((other) => other.value === value).length - 1;
  const ranked = candidates
    .map((candidate) => ({ ...candidate, score: candidate.score + 0.2 * Math.min(2, repeats(candidate.value)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.date.row.index - b.date.row.index);
  const [first] = ranked;
  if (!first) return undefined;
  const rival = ranked.find(({ value }) => value !== first.value);
  const ambiguous = first.date.monthFirst !== undefined && first.date.dayFirst !== undefined;
  return {
    value: first.value,
    printed: first.date.printed.trim(),
    tokens: first.date.tokens,
    evidence: {
      label: first.label,
      reading: readingOf(first.date.tokens),
      agreement: unit(repeats(first.value) / 2),
      margin: unit(first.score - (rival?.score ?? 0)),
      form: (ambiguous ? 0.5 : 1) * (first.date.isPlain ? 1 : 0.5),
    },
  };
}

function judge(text: DocumentText, date: PrintedDate, role: DateRole): { score: number; label: number } {
  const { row, start, printed } = date;
  const before = foldText(row.text.slice(0, start));
  const above = foldText(headingAbove(text, date));
  const around = `${before} ${above}`;
  const due = dueRole.test(before) || (dueRole.test(above) && !dateWord.test(before));
  if (role === 'due') return due ? { score: 1, label: 1 } : { score: 0, label: 0 };
  if (due) return { score: 0, label: 0 };
  const named = dateWord.test(before) || /\b\w*DATE\b/.test(before) ? 1 : dateWord.test(above) ? 0.8 : 0;
  const issued = named > 0 && issueWords.test(around) ? 0.3 : 0;
  const other = otherRoles.test(before) ? 0.7 : 0;
  const timed =
    timeOfDay.test(row.text.slice(start + printed.length)) || timeOfDay.test(row.text.slice(0, start)) ? 0.3 : 0;
  const early = 0.2 * (1 - row.index / Math.max(1, text.rows.length));
  return { score: 0.3 + named + issued + timed + early - other, label: unit(named * 0.8 + issued + timed / 2) };
}

/** The text that stands above a date in its own column, when the row above has no date itself. */
function headingAbove(text: DocumentText, { row, tokens }: PrintedDate): string {
  const above = text.rows[row.index - 1];
  const [first] = tokens;
  if (above?.page !== row.page || !first || readDates(above).length > 0) return '';
  const last = tokens.at(-1) ?? first;
  return above.segments
    .filter((segment) => segment.x0 <= last.x1 && segment.x1 >= first.x0)
    .map((segment) => segment.text)
    .join(' ');
}

/** True when the document's dates only make sense with the month first, or it is in US dollars and none says otherwise. */
function writesMonthFirst(dates: readonly PrintedDate[], currency: string | undefined): boolean {
  const onlyMonthFirst = dates.filter((date) => date.dayFirst === undefined && date.monthFirst !== undefined).length;
  const clearlyDayFirst = dates.filter(
    (date) =>
      date.dayFirst !== undefined && date.monthFirst === undefined && Number(/\d+/.exec(date.printed)?.[0]) > 12,
  ).length;
  if (onlyMonthFirst !== clearlyDayFirst) return onlyMonthFirst > clearlyDayFirst;
  return currency === 'USD';
}
