import type { DocumentKind, PageLayout } from '@waybill/contracts';
import { readInSteps, type DocumentText } from './document-text.js';
import { findAddress } from './find-address.js';
import { findCurrency } from './find-currency.js';
import { findCustomer } from './find-customer.js';
import { findDate } from './find-date.js';
import { findKind } from './find-kind.js';
import { gatherLabels, type PossibleLabel } from './find-labelled.js';
import { findLineItems, type LineItem } from './find-line-items.js';
import { findMerchant } from './find-merchant.js';
import { findNumber } from './find-number.js';
import { findSums } from './find-sums.js';
import type { EvidenceKind, Finding } from './finding.js';
import { readMoneyRows } from './money-rows.js';
import { readAmounts } from './read-amounts.js';
import { readDates } from './read-dates.js';

/** What rules of their own know how to find. */
export const concepts = [
  'merchant',
  'address',
  'customer',
  'number',
  'date',
  'dueDate',
  'currency',
  'subtotal',
  'tax',
  'total',
] as const;
export type Concept = (typeof concepts)[number];

export interface DocumentFacts {
  readonly text: DocumentText;
  readonly kind: DocumentKind;
  readonly found: Readonly<Record<Concept, Finding | undefined>>;
  readonly items: readonly LineItem[];
  /** Everything that may be a label, for values that no concept covers. Gathered when first asked for. */
  labels(): readonly PossibleLabel[];
}

/** By which evidence each concept is judged. */
export const evidenceKinds: Readonly<Record<Concept, EvidenceKind>> = {
  merchant: 'merchant',
  address: 'address',
  customer: 'labelled',
  number: 'number',
  date: 'date',
  dueDate: 'date',
  currency: 'currency',
  subtotal: 'amount',
  tax: 'amount',
  total: 'amount',
};

/** Rows looked at between two pauses. */
const rowsOfStep = 200;

/** Finds everything that rules of their own know how to find in one document, with pauses between the steps. */
export function* findFactsInSteps(layouts: readonly PageLayout[]): Generator<void, DocumentFacts> {
  const text = yield* readInSteps(layouts);
  for (const row of text.rows) {
    // What is on a row is kept: the rules below find it read.
    readAmounts(row);
    readDates(row);
    if (row.index % rowsOfStep === 0) yield;
  }
  const moneyRows = yield* readMoneyRows(text, rowsOfStep);
  const { items, sumCents } = findLineItems(text, moneyRows);
  yield;
  const sums = findSums(text, moneyRows, sumCents);
  yield;
  const currency = findCurrency(text);
  yield;
  const headPage = pageOfSeller(text, sums.total);
  const merchant = findMerchant(text, headPage);
  let labels: readonly PossibleLabel[] | undefined;
  return {
    text,
    kind: findKind(text, moneyRows),
    found: {
      merchant,
      address: findAddress(text, headPage, merchant?.tokens ?? []),
      customer: findCustomer(text),
      number: findNumber(text),
      date: findDate(text, 'issued', currency?.value),
      dueDate: findDate(text, 'due', currency?.value),
      currency,
      ...sums,
    },
    items,
    labels: () => (labels ??= gatherLabels(text)),
  };
}

/** The seller stands on the first page that has amounts: a covering letter before it is somebody else's. */
function pageOfSeller(text: DocumentText, total: Finding<number> | undefined): number {
  const withAmounts = text.rows.find((row) => /\d[.,]\d{2}(?!\d)/.test(row.text))?.page;
  return withAmounts ?? total?.tokens[0]?.page ?? text.rows[0]?.page ?? 1;
}
