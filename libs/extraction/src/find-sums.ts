import type { DocumentText } from './document-text.js';
import { readingOf, unit, type Finding } from './finding.js';
import { startsTaxSummary, type MoneyRow } from './money-rows.js';
import { numericView, readAmounts, type Amount } from './read-amounts.js';

/** The sums of a document. Amounts are in units of the currency. */
export interface Sums {
  readonly total: Finding<number> | undefined;
  readonly subtotal: Finding<number> | undefined;
  readonly tax: Finding<number> | undefined;
}

interface Candidate {
  readonly amount: Amount;
  readonly money: MoneyRow | undefined;
  readonly score: number;
  readonly agreement: number;
}

const cent = 1;
const same = (a: number, b: number): boolean => Math.abs(a - b) <= cent;

/** Finds total, subtotal and tax, each judged by its label and by whether the sums on the page add up. */
export function findSums(text: DocumentText, moneyRows: readonly MoneyRow[], itemCents: number | undefined): Sums {
  const ledger = new Ledger(moneyRows, itemCents);
  const total = best(totalCandidates(text, moneyRows, ledger));
  const totalCents = total && total.amount.cents;
  const tax = best(taxCandidates(moneyRows, ledger, totalCents));
  const taxCents = tax && tax.amount.cents;
  const subtotal = best(subtotalCandidates(moneyRows, ledger, totalCents, taxCents));
  return { total: findingOf(total), subtotal: findingOf(subtotal), tax: findingOf(tax) };
}

/** The amounts that each role has on the page, for asking whether a sum agrees with the others. */
class Ledger {
  constructor(
    private readonly rows: readonly MoneyRow[],
    readonly itemCents: number | undefined,
  ) {}

  cents(role: MoneyRow['role']): number[] {
    return this.rows.filter((row) => row.role === role).flatMap((row) => row.amounts.map(({ cents }) => cents));
  }

  /** How many rows, other than the one of role `own` that is judged, may name the total and have the same amount. */
  repeats(cents: number, own: MoneyRow['role']): number {
    const alike = [...this.cents('total'), ...this.cents('cash'), ...this.cents('count')];
    return alike.filter((other) => other === cents).length - (own === 'total' || own === 'count' ? 1 : 0);
  }

  /** Which independent sums on the page lead to this total, 0..3. */
  agreementWithTotal(cents: number): number {
    const [cash, change] = [this.cents('cash'), this.cents('change')];
    const paid = cash.some((given) => same(given, cents) || change.some((back) => same(given - Math.abs(back), cents)));
    const roundings = [0, ...this.cents('rounding')];
    const taxes = [...this.cents('tax'), 0];
    const built = this.cents('subtotal').some((subtotal) =>
      taxes.some((tax) => roundings.some((rounding) => same(subtotal + tax + rounding, cents))),
    );
    const rounded = this.cents('rounding').some(
      (rounding) =>
        rounding !== 0 && this.cents('total').some((before) => before !== cents && same(before + rounding, cents)),
    );
    const items = this.itemCents !== undefined && same(this.itemCents, cents);
    return Number(paid) + Number(built || rounded) + Number(items);
  }
}

function totalCandidates(text: DocumentText, moneyRows: readonly MoneyRow[], ledger: Ledger): Candidate[] {
  const candidates = moneyRows.flatMap((money): Candidate[] => {
    const strength = money.role === 'total' ? money.strength : otherStrength[money.role];
    if (strength === undefined) return [];
    const amount = money.amounts.at(-1);
    if (!amount || amount.cents <= 0) return [];
    const agreement = ledger.agreementWithTotal(amount.cents);
    const repeats = Math.min(2, ledger.repeats(amount.cents, money.role));
    const score =
      strength + 0.35 * agreement + 0.2 * repeats - (money.inTaxSummary ? 0.45 : 0) + (amount.currency ? 0.1 : 0);
    return [{ amount, money, score, agreement: agreement / 2 }];
  });
  candidates.push(...paidLessChange(moneyRows));
  if (candidates.some(({ score }) => score > 0.25)) return preferLater(candidates);
  const summary = text.rows.find(startsTaxSummary)?.index ?? text.rows.length;
  const before = text.rows.slice(0, summary);
  const all = before.flatMap((row) => readAmounts(row)).filter(({ cents, hasDecimals }) => cents > 0 && hasDecimals);
  const largest = Math.max(0, ...all.map(({ cents }) => cents));
  const ranked = [...all, ...wholeTotals(moneyRows)].map((amount) => {
    const agreement = ledger.agreementWithTotal(amount.cents);
    return {
      amount,
      money: undefined,
      score: 0.3 * agreement + 0.3 * (amount.cents / largest),
      agreement: agreement / 2,
    };
  });
  return ranked.filter(({ score }) => score > 0);
}

/** Rows that do not name the total, but may repeat it. */
const otherStrength: Partial<Record<MoneyRow['role'], number>> = { count: 0.2, subtotal: 0.1 };

/** What was handed over less what came back, for a slip whose total cannot be read. */
function paidLessChange(moneyRows: readonly MoneyRow[]): Candidate[] {
  const cash = moneyRows.find(({ role }) => role === 'cash')?.amounts.at(-1);
  const change = moneyRows.find(({ role }) => role === 'change')?.amounts.at(-1);
  if (!cash || !change) return [];
  const cents = cash.cents - Math.abs(change.cents);
  const tokens = [...cash.tokens, ...change.tokens];
  const amount = { ...cash, cents, printed: (cents / 100).toFixed(2), tokens };
  return cents > 0 ? [{ amount, money: undefined, score: 0.4, agreement: 0.5 }] : [];
}

const wholeTotals = (moneyRows: readonly MoneyRow[]): Amount[] =>
  moneyRows.filter(({ role }) => role === 'total').flatMap(({ amounts }) => amounts.slice(-1));

/** Of equally good rows the lower one: what is paid stands below what it was before rounding. */
const preferLater = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.map((candidate, at) => ({ ...candidate, score: candidate.score + (0.1 * at) / candidates.length }));

function taxCandidates(rows: readonly MoneyRow[], ledger: Ledger, totalCents: number | undefined): Candidate[] {
  const subtotals = ledger.cents('subtotal');
  return rows
    .filter(({ role }) => role === 'tax')
    .flatMap((money): Candidate[] => {
      const amount = money.amounts.at(-1);
      if (!amount || (totalCents !== undefined && amount.cents >= totalCents)) return [];
      const rate = rateOn(money);
      const agrees =
        totalCents !== undefined && subtotals.some((subtotal) => same(subtotal + amount.cents, totalCents));
      const fitsRate =
        rate !== undefined &&
        [...subtotals, totalCents ?? 0].some((of) => Math.abs((of * rate) / 100 - amount.cents) <= 2 * cent);
      const agreement = (agrees ? 0.6 : 0) + (fitsRate ? 0.4 : 0);
      return [{ amount, money, agreement, score: money.strength + agreement - (money.inTaxSummary ? 0.2 : 0) }];
    });
}

/** The percentage that a tax row names, for example 6 in `GST @6%`. */
function rateOn(money: MoneyRow): number | undefined {
  const percent = /(\d{1,2}(?:[.,]\d{1,2})?) ?%/.exec(numericView(money.row.text))?.[1];
  return percent === undefined ? undefined : Number(percent.replace(',', '.'));
}

function subtotalCandidates(
  rows: readonly MoneyRow[],
  ledger: Ledger,
  totalCents: number | undefined,
  taxCents: number | undefined,
): Candidate[] {
  return rows
    .filter(({ role }) => role === 'subtotal')
    .flatMap((money): Candidate[] => {
      const amount = money.amounts.at(-1);
      if (!amount || (totalCents !== undefined && amount.cents > totalCents + 100)) return [];
      const adds = totalCents !== undefined && same(amount.cents + (taxCents ?? 0), totalCents);
      const items = ledger.itemCents !== undefined && same(ledger.itemCents, amount.cents);
      const agreement = (adds ? 0.6 : 0) + (items ? 0.4 : 0);
      return [{ amount, money, agreement, score: money.strength + agreement - (money.inTaxSummary ? 0.3 : 0) }];
    });
}

function best(candidates: readonly Candidate[]): (Candidate & { margin: number }) | undefined {
  const [first, ...others] = candidates.toSorted((a, b) => b.score - a.score);
  const rival = others.find(({ amount }) => amount.cents !== first?.amount.cents);
  return first && { ...first, margin: unit(first.score - (rival?.score ?? 0)) };
}

function findingOf(candidate: (Candidate & { margin: number }) | undefined): Finding<number> | undefined {
  if (!candidate) return undefined;
  const { amount, money, agreement, margin } = candidate;
  return {
    value: amount.cents / 100,
    printed: amount.printed,
    tokens: amount.tokens,
    evidence: {
      label: money?.strength ?? 0,
      reading: readingOf(amount.tokens),
      agreement: unit(agreement),
      margin,
      form: amount.hasDecimals ? 1 : 0.5,
    },
  };
}
