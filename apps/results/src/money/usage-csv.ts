import { usageSumsSchema, type UsageSums, type UsageView } from '@waybill/contracts';

const sums = Object.keys(usageSumsSchema.shape) as (keyof UsageSums)[];

/** A line a group (RFC 4180); without groups, one line with the totals. What the ledger does not say is empty. */
export function usageCsv({ by, rows, totals }: UsageView): string {
  const groups = by.length === 0 ? [{ group: {}, ...totals }] : rows;
  const lines = groups.map((row) => [
    ...by.map((dimension) => (row.group as Record<string, string | null>)[dimension] ?? ''),
    ...sums.map((name) => decimal(row[name])),
  ]);
  return [[...by, ...sums], ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

/** Without an exponent, which spreadsheets read in their own ways. */
const decimal = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(12).replace(/0+$/, '');

/** Quoted where it must be; a leading sign that a spreadsheet would take for a formula is kept from being one. */
function quoted(cell: string): string {
  const plain = /^[=+@\t\r-]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
