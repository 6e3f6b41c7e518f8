import { bakeryReceipt, hardwareReceipt, joineryInvoice, partsInvoice } from './bundled-sales.js';
import { hardwareTillStyle, tillStyle } from './bundled-styles.js';
import { expectedInvoice, expectedReceipt } from './expected-values.js';
import type { Sale } from './sale.js';

const text = (description: string) => ({ type: ['string', 'null'], description });

/** What may be asked of every sample: two things that rules find, and three that take a reader. */
export const sampleQuestions = {
  type: 'object',
  properties: {
    date: { type: ['string', 'null'], format: 'date', description: 'The day of the sale' },
    total: { type: ['number', 'null'], description: 'What is to be paid' },
    howToCall: text('The number at which the seller can be called'),
    registeredAs: text('The number under which the seller is registered'),
    dearestItem: text('The item with the highest price of one piece'),
  },
};

/** Everything that is known of a sample, by the names of the built-in schemas and of `sampleQuestions`. */
export const sampleAnswers: readonly Readonly<Record<string, unknown>>[] = [
  { ...expectedReceipt(bakeryReceipt, tillStyle).values, ...answersOf(bakeryReceipt, tillStyle.upperCase) },
  { ...expectedInvoice(joineryInvoice).values, ...answersOf(joineryInvoice, 'as-written') },
  { ...expectedInvoice(partsInvoice).values, ...answersOf(partsInvoice, 'as-written') },
  {
    ...expectedReceipt(hardwareReceipt, hardwareTillStyle).values,
    ...answersOf(hardwareReceipt, hardwareTillStyle.upperCase),
  },
];

function answersOf(sale: Sale, upperCase: 'all' | 'as-written') {
  const printed = (said: string): string => (upperCase === 'all' ? said.toUpperCase() : said);
  const [dearest] = [...sale.items].sort((a, b) => b.unitCents - a.unitCents);
  return {
    howToCall: sale.phone,
    registeredAs: printed(sale.registration),
    dearestItem: printed(dearest?.description ?? ''),
  };
}
