import type { DocumentText } from './document-text.js';
import { unit } from './finding.js';
import { startsTaxSummary, type MoneyRole, type MoneyRow } from './money-rows.js';
import { readAmounts, type Amount } from './read-amounts.js';
import { sameCents, type SumLedger, type Support } from './sum-ledger.js';

/** An amount that may be a sum asked for. */
export interface SumCandidate {
  readonly amount: Amount;
  /** How clearly its label names it, 0..1. */
  readonly label: number;
  readonly score: number;
  readonly agreement: number;
}

/** Rows that do not name the total, but may repeat it. */
const otherStrength: Partial<Record<MoneyRole, number>> = { count: 0.2, subtotal: 0.1 };
/** How much each kind of support adds to a candidate's score. */
const weightOf: Readonly<Record<keyof Support, number>> = { paid: 0.5, built: 0.4, items: 0.35, repeated: 0.4 };

/** Every amount that may be the total, with what speaks for it. */
export function totalCandidates(text: DocumentText, moneyRows: readonly MoneyRow[], ledger: SumLedger): SumCandidate[] {
  const named = moneyRows.flatMap((money): SumCandidate[] => {
    const strength = money.role === 'total' ? money.strength : otherStrength[money.role];
    const amount = money.amounts.at(-1);
    if (strength === undefined || !amount || amount.cents <= 0) return [];
    const isBeforeTax = money.role !== 'total' && ledger.hasWithTax(amount.cents);
    const place = (money.inTaxSummary ? -0.45 : 0) + (amount.currency ? 0.1 : 0) - (isBeforeTax ? 0.4 : 0);
    return [candidate(amount, strength, ledger.support(amount.cents, amount.row.index), place)];
  });
  const labels = new Set(named.map(({ amount }) => amount.row.index));
  const supported = amountsBefore(text, startsTaxSummary)
    .filter((amount) => !labels.has(amount.row.index) && amount.hasDecimals && amount.cents > 0)
    .filter((amount) => ledger.paid(amount.cents, amount.row.index) >= 0.9)
    .map((amount) => ({ amount, support: ledger.support(amount.cents, amount.row.index) }))
    .filter(({ support }) => support.built >= 0.5)
    .map(({ amount, support }) => candidate(amount, 0, support, 0));
  const candidates = preferLater([...named, ...supported]);
  candidates.push(...workedOut(moneyRows, ledger, candidates));
  if (candidates.some(({ score }) => score > 0.25)) return candidates;
  return largestAmounts(text, moneyRows, ledger);
}

function candidate(amount: Amount, strength: number, support: Support, place: number): SumCandidate {
  const supported = (Object.keys(weightOf) as (keyof Support)[]).reduce(
    (sum, kind) => sum + weightOf[kind] * support[kind],
    0,
  );
  const kinds = [support.paid, support.built, support.items];
  const agreement = unit(kinds.reduce((sum, one) => sum + one, 0) / 2 + support.repeated / 2);
  return { amount, label: unit(strength), score: strength + supported + place, agreement };
}

/** Of equally good rows the lower one: what is paid stands below what it was before rounding. */
const preferLater = (candidates: readonly SumCandidate[]): SumCandidate[] =>
  candidates
    .toSorted((a, b) => a.amount.row.index - b.amount.row.index)
    .map((one, at) => ({ ...one, score: one.score + (0.1 * at) / candidates.length }));

/**
 * Totals that other sums give without its own amount having been read: what was handed over less what came back, and
 * the sum before tax with the tax. One that differs from a labelled amount in a single digit is that amount, misread.
 */
function workedOut(moneyRows: readonly MoneyRow[], ledger: SumLedger, named: readonly SumCandidate[]): SumCandidate[] {
  const sums = [...paidLessChange(moneyRows), ...netWithTax(moneyRows)];
  return sums.flatMap((amount) => {
    if (named.some((one) => one.amount.cents === amount.cents)) return [];
    const twice = sums.some((other) => other !== amount && sameCents(other.cents, amount.cents));
    const misread = named.find((one) => one.label >= 0.5 && differsInOneDigit(one.amount.printed, amount.printed));
    const items = ledger.itemCents !== undefined && sameCents(ledger.itemCents, amount.cents);
    const agrees = Number(twice) + Number(items);
    const label = misread && agrees > 0 ? misread.label : 0;
    const tokens = misread ? [...misread.amount.tokens, ...amount.tokens] : amount.tokens;
    // Without a total that could be read, what the sums lead to is the best there is.
    const base = named.some((one) => one.label >= 0.5) ? 0.4 : 0.6;
    return [
      { amount: { ...amount, tokens }, label, score: base + label + 0.5 * agrees, agreement: 0.4 + 0.3 * agrees },
    ];
  });
}

function paidLessChange(moneyRows: readonly MoneyRow[]): Amount[] {
  const cash = moneyRows.find(({ role }) => role === 'cash')?.amounts.at(-1);
  const change = moneyRows.find(({ role }) => role === 'change')?.amounts.at(-1);
  return cash && change ? sumOf([cash, { ...change, cents: -Math.abs(change.cents) }]) : [];
}

function netWithTax(moneyRows: readonly MoneyRow[]): Amount[] {
  const first = (role: MoneyRole): Amount | undefined =>
    moneyRows.find((money) => money.role === role && !money.inTaxSummary)?.amounts.at(-1);
  const [net, tax, charge, rounding] = (['subtotal', 'tax', 'service', 'rounding'] as const).map(first);
  if (!net || !tax || tax.cents <= 0 || tax.cents * 3 > net.cents) return [];
  return sumOf([net, tax, charge, rounding].filter((part) => part !== undefined));
}

function sumOf(parts: readonly Amount[]): Amount[] {
  const [first] = parts;
  const cents = parts.reduce((sum, part) => sum + part.cents, 0);
  if (!first || cents <= 0) return [];
  const tokens = parts.flatMap((part) => part.tokens);
  return [{ ...first, cents, printed: (cents / 100).toFixed(2), tokens }];
}

const differsInOneDigit = (a: string, b: string): boolean =>
  a.length === b.length && [...a].filter((letter, at) => letter !== b[at]).length === 1;

/** For slips without any label that can be read: amounts by size, and by what leads to them. */
function largestAmounts(text: DocumentText, moneyRows: readonly MoneyRow[], ledger: SumLedger): SumCandidate[] {
  const printed = amountsBefore(text, startsTaxSummary).filter(({ cents, hasDecimals }) => cents > 0 && hasDecimals);
  const whole = moneyRows.filter(({ role }) => role === 'total').flatMap(({ amounts }) => amounts.slice(-1));
  const largest = Math.max(0, ...printed.map(({ cents }) => cents));
  return [...printed, ...whole]
    .map((amount) =>
      candidate(amount, 0, ledger.support(amount.cents, amount.row.index), 0.3 * (amount.cents / Math.max(1, largest))),
    )
    .filter(({ score }) => score > 0);
}

function amountsBefore(text: DocumentText, ends: (row: DocumentText['rows'][number]) => boolean): Amount[] {
  const end = text.rows.find(ends)?.index ?? text.rows.length;
  return text.rows.slice(0, end).flatMap((row) => readAmounts(row));
}
