import type { DocumentText } from './document-text.js';
import { totalCandidates, type SumCandidate } from './find-total.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';
import type { MoneyRow } from './money-rows.js';
import { numericView } from './read-amounts.js';
import { sameCents, SumLedger } from './sum-ledger.js';

/** Cash is rounded by at most this many hundredths. */
const mostRounded = 4;

/** The sums of a document. Amounts are in units of the currency. */
export interface Sums {
  readonly total: Finding<number> | undefined;
  readonly subtotal: Finding<number> | undefined;
  readonly tax: Finding<number> | undefined;
}

/** Finds total, subtotal and tax, each judged by its label and by whether the sums on the page add up. */
export function findSums(text: DocumentText, moneyRows: readonly MoneyRow[], itemCents: number | undefined): Sums {
  const ledger = new SumLedger(text, moneyRows, itemCents);
  const total = bestTotal(totalCandidates(text, moneyRows, ledger));
  const totalCents = total && total.amount.cents;
  const tax = best(taxCandidates(moneyRows, ledger, totalCents));
  const taxCents = tax && tax.amount.cents;
  const subtotal = best(subtotalCandidates(moneyRows, ledger, totalCents, taxCents));
  return { total: findingOf(total), subtotal: findingOf(subtotal), tax: findingOf(tax) };
}

function taxCandidates(rows: readonly MoneyRow[], ledger: SumLedger, totalCents: number | undefined): SumCandidate[] {
  const subtotals = ledger.cents('subtotal');
  return rows
    .filter(({ role }) => role === 'tax')
    .flatMap((money): SumCandidate[] => {
      const amount = money.amounts.at(-1);
      if (!amount || (totalCents !== undefined && amount.cents >= totalCents)) return [];
      const rate = rateOn(money);
      const agrees =
        totalCents !== undefined && subtotals.some((subtotal) => sameCents(subtotal + amount.cents, totalCents));
      const fitsRate =
        rate !== undefined &&
        [...subtotals, totalCents ?? 0].some((of) => Math.abs((of * rate) / 100 - amount.cents) <= 2);
      const agreement = (agrees ? 0.6 : 0) + (fitsRate ? 0.4 : 0);
      return [
        {
          amount,
          label: money.strength,
          agreement,
          score: money.strength + agreement - (money.inTaxSummary ? 0.2 : 0),
        },
      ];
    });
}

/** The percentage that a tax row names, for example 6 in `GST @6%`. */
function rateOn(money: MoneyRow): number | undefined {
  const percent = /(\d{1,2}(?:[.,]\d{1,2})?) ?%/.exec(numericView(money.row.text))?.[1];
  return percent === undefined ? undefined : Number(percent.replace(',', '.'));
}

function subtotalCandidates(
  rows: readonly MoneyRow[],
  ledger: SumLedger,
  totalCents: number | undefined,
  taxCents: number | undefined,
): SumCandidate[] {
  return rows
    .filter(({ role }) => role === 'subtotal')
    .flatMap((money): SumCandidate[] => {
      const amount = money.amounts.at(-1);
      if (!amount || (totalCents !== undefined && amount.cents > totalCents + 100)) return [];
      const adds = totalCents !== undefined && sameCents(amount.cents + (taxCents ?? 0), totalCents);
      const items = ledger.itemCents !== undefined && sameCents(ledger.itemCents, amount.cents);
      const agreement = (adds ? 0.6 : 0) + (items ? 0.4 : 0);
      return [
        {
          amount,
          label: money.strength,
          agreement,
          score: money.strength + agreement - (money.inTaxSummary ? 0.3 : 0),
        },
      ];
    });
}

function best(candidates: readonly SumCandidate[]): (SumCandidate & { margin: number }) | undefined {
  const [first, ...others] = candidates.toSorted((a, b) => b.score - a.score);
  const rival = others.find(({ amount }) => amount.cents !== first?.amount.cents);
  return first && { ...first, margin: unit(first.score - (rival?.score ?? 0)) };
}

/**
 * The total. Where the sum before and after rounding are both named on the page, either may be the one that is asked for:
 * the one taken is not ahead of the other.
 */
function bestTotal(candidates: readonly SumCandidate[]): (SumCandidate & { margin: number }) | undefined {
  const total = best(candidates);
  if (!total) return undefined;
  const isRoundedFrom = ({ amount, label }: SumCandidate): boolean =>
    label > 0 && amount.cents !== total.amount.cents && Math.abs(amount.cents - total.amount.cents) <= mostRounded;
  return candidates.some(isRoundedFrom) ? { ...total, margin: 0 } : total;
}

function findingOf(candidate: (SumCandidate & { margin: number }) | undefined): Finding<number> | undefined {
  if (!candidate) return undefined;
  const { amount, label, agreement, margin } = candidate;
  return {
    value: amount.cents / 100,
    printed: amount.printed,
    tokens: amount.tokens,
    evidence: {
      label,
      reading: readingOf(amount.tokens),
      agreement: unit(agreement),
      margin,
      form: amount.hasDecimals ? 1 : 0.5,
    },
  };
}
