import type { ExtractedField } from '@waybill/contracts';
import { partsOf } from './asked-fields.js';

/** What the values say of each other: paths that agree, and paths that contradict, with the reason. */
export interface CrossCheck {
  readonly agreeing: ReadonlySet<string>;
  readonly contradicting: ReadonlyMap<string, string>;
}

type Value = Pick<ExtractedField, 'path' | 'value'>;

/** Cents that roundings on paper may add up to. */
const tolerance = 0.02;
const roles = {
  subtotal: /^(sub ?total|net( amount| total)?|amount net)$/,
  tax: /^(tax|vat|gst|sales tax|tax amount|vat amount)$/,
  total: /^(total|grand total|total amount|amount due|gross( amount| total)?)$/,
  amount: /^(amount|line total|total|price)$/,
  date: /^(date|invoice date|issue date|issued)$/,
  due: /^(due date|due|pay by)$/,
};

/** Checks sums, dates and check digits, wherever names say that there are some. */
export function crossCheck(values: readonly Value[]): CrossCheck {
  const agreeing = new Set<string>();
  const contradicting = new Map<string, string>();
  const judge = (holds: boolean, paths: readonly string[], reason: string): void => {
    for (const path of paths) {
      if (holds) agreeing.add(path);
      else contradicting.set(path, reason);
    }
  };
  checkSums(values, judge);
  checkDates(values, judge);
  for (const { path, value } of values) {
    const holds = typeof value === 'string' ? hasRightDigits(nameOf(path), value) : undefined;
    if (holds !== undefined) judge(holds, [path], 'Its check digits are wrong.');
  }
  for (const path of contradicting.keys()) agreeing.delete(path);
  return { agreeing, contradicting };
}

type Judge = (holds: boolean, paths: readonly string[], reason: string) => void;

const nameOf = (path: string): string =>
  (partsOf(path).at(-1) ?? '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
const isTop = (path: string): boolean => partsOf(path).length === 1;

function checkSums(values: readonly Value[], judge: Judge): void {
  const top = (role: RegExp) =>
    values.find(({ path, value }) => isTop(path) && typeof value === 'number' && role.test(nameOf(path)));
  const [subtotal, tax, total] = [top(roles.subtotal), top(roles.tax), top(roles.total)];
  const sum = (value: Value | undefined): number => Number(value?.value ?? 0);
  if (subtotal && tax && total) {
    const holds = near(sum(subtotal) + sum(tax), sum(total));
    // Prices may contain their tax; then the subtotal is the total.
    const contained = near(sum(subtotal), sum(total));
    const paths = [subtotal, tax, total].map(({ path }) => path);
    if (holds || !contained) judge(holds, paths, 'Subtotal and tax do not add up to the total.');
  }
  const rows = values.filter(
    ({ path, value }) => partsOf(path).length === 3 && typeof value === 'number' && roles.amount.test(nameOf(path)),
  );
  const rowSum = rows.reduce((all, row) => all + sum(row), 0);
  const fitting = [subtotal, total].filter((one) => one !== undefined).filter((one) => near(rowSum, sum(one)));
  // Rows may leave out discounts and charges, so a sum that differs proves nothing.
  if (rows.length > 0) judge(true, fitting.length > 0 ? [...rows, ...fitting].map(({ path }) => path) : [], '');
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance + 1e-9;

function checkDates(values: readonly Value[], judge: Judge): void {
  const day = (role: RegExp) =>
    values.find(({ path, value }) => isTop(path) && /^\d{4}-\d\d-\d\d$/.test(String(value)) && role.test(nameOf(path)));
  const [issued, due] = [day(roles.date), day(roles.due)];
  if (!issued || !due) return;
  judge(String(issued.value) <= String(due.value), [issued.path, due.path], 'It is due before it was issued.');
}

/** Undefined where the name promises no check digits. IBAN: ISO 13616, mod 97. GTIN and EAN: GS1, weights 3 and 1. */
function hasRightDigits(name: string, value: string): boolean | undefined {
  const plain = value.replaceAll(/[\s-]/g, '').toUpperCase();
  if (/\biban\b/.test(name)) return isIban(plain);
  if (/\b(gtin|ean|upc|barcode)\b/.test(name) && /^\d{8,14}$/.test(plain)) return isGtin(plain);
  return undefined;
}

function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const digits = `${text.slice(4)}${text.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) => `${letter.charCodeAt(0) - 55}`);
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

function isGtin(digits: string): boolean {
  const weighted = [...digits].toReversed().map((digit, at) => Number(digit) * (at % 2 === 1 ? 3 : 1));
  return weighted.reduce((sum, part) => sum + part, 0) % 10 === 0;
}
