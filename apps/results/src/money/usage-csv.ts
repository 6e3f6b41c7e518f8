import { usageImageSchema, usageSumsSchema, type UsageImage, type UsageSums, type UsageView } from '@waybill/contracts';

const sums = Object.keys(usageSumsSchema.shape) as (keyof UsageSums)[];
const imageFacts = Object.keys(usageImageSchema.shape) as (keyof UsageImage)[];
/** `image.bytes`: columns of a listing by `image`. */
const imageTitles = imageFacts.map((name) => `image.${name}`);

/** A line a group (RFC 4180); without groups, one line with the totals. What the ledger does not say is empty. */
export function usageCsv({ by, rows, totals }: UsageView): string {
  const groups: readonly Line[] = by.length === 0 ? [{ group: {}, ...totals }] : rows;
  const ofImages = by.includes('image');
  const lines = groups.map((row) => [
    ...by.map((dimension) => row.group[dimension] ?? ''),
    ...sums.map((name) => decimal(row[name])),
    ...(ofImages ? imageFacts.map((name) => imageCell(row.image?.[name])) : []),
  ]);
  return [[...by, ...sums, ...(ofImages ? imageTitles : [])], ...lines]
    .map((line) => `${line.map(quoted).join(',')}\r\n`)
    .join('');
}

type Line = UsageSums & Pick<UsageView['rows'][number], 'group' | 'image'>;

const imageCell = (fact: number | readonly string[] | undefined): string =>
  typeof fact === 'number' ? decimal(fact) : (fact ?? []).join(' ');

/** Without an exponent, which spreadsheets read in their own ways. */
const decimal = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(12).replace(/0+$/, '');

/** Quoted where it must be; a leading sign that a spreadsheet would take for a formula is kept from being one. */
function quoted(cell: string): string {
  const plain = /^[=+@\t\r-]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
