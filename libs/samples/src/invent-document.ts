import { expectedInvoice, expectedReceipt, type ExpectedValues } from './expected-values.js';
import { inventSale } from './invent-sale.js';
import { misreadWord } from './misread-word.js';
import { SeededRandom } from './seeded-random.js';
import { setInvoice, type InvoiceStyle } from './set-invoice.js';
import { setReceipt, type ReceiptStyle } from './set-receipt.js';
import { sheetWords } from './sheet-words.js';
import type { Sheet, SheetFont } from './sheet.js';

/** A page as a reader with slips would give it: words in points of the page, origin top left. */
export interface InventedPage {
  width: number;
  height: number;
  words: { text: string; box: [number, number, number, number]; confidence: number }[];
}

export interface InventedDocument {
  readonly pages: InventedPage[];
  readonly expected: ExpectedValues;
}

/** A receipt or an invoice on sheets of paper, with the right answer. */
export interface InventedPaper {
  readonly sheets: readonly Sheet[];
  readonly expected: ExpectedValues;
}

/** Invents a receipt or an invoice, not yet read. */
export function inventPaper(random: SeededRandom): InventedPaper {
  const sale = inventSale(random);
  if (!random.chance(0.6))
    return { sheets: setInvoice(sale, inventInvoiceStyle(random)), expected: expectedInvoice(sale) };
  const style = inventReceiptStyle(random);
  return { sheets: [setReceipt(sale, style)], expected: expectedReceipt(sale, style) };
}

/**
 * Invents a receipt or an invoice and reads it with slips: `slips` is the share of words that are misread or lost
 * (0 reads everything right). The same seed gives the same document.
 */
export async function inventDocument(seed: number, slips: number): Promise<InventedDocument> {
  const random = new SeededRandom(seed);
  const { sheets, expected } = inventPaper(random);
  return { pages: await readWithSlips(sheets, slips, random), expected };
}

/** The sheets of an invented receipt or invoice, as they would be printed. The same seed gives the same ones. */
export function inventSheets(seed: number, kind: 'receipt' | 'invoice'): Sheet[] {
  const random = new SeededRandom(seed);
  const sale = inventSale(random);
  return kind === 'receipt'
    ? [setReceipt(sale, inventReceiptStyle(random))]
    : setInvoice(sale, inventInvoiceStyle(random));
}

async function readWithSlips(sheets: readonly Sheet[], slips: number, random: SeededRandom): Promise<InventedPage[]> {
  const pages = await sheetWords(sheets);
  return pages.map((words, page) => ({
    width: sheets[page]?.width ?? 1,
    height: sheets[page]?.height ?? 1,
    words: words.flatMap(({ text, box }) => {
      const read = misreadWord(text, slips, random);
      return read ? [{ box, ...read }] : [];
    }),
  }));
}

function inventReceiptStyle(random: SeededRandom): ReceiptStyle {
  return {
    font: random.pick(['Courier', 'Courier-Bold', 'Helvetica', 'Times-Roman']),
    size: random.pick([9, 10, 11, 12]),
    width: random.pick([280, 300, 340]),
    centred: random.pick(['header', 'header', 'nothing']),
    title: random.pick(['Tax Invoice', 'Receipt', 'Sales Receipt', 'Cash Bill', 'Simplified Tax Invoice']),
    labels: {
      number: random.pick(['Receipt No:', 'Bill No.', 'Doc No :', 'Inv No:', 'Invoice #', 'No. :']),
      date: random.pick(['Date:', 'Date', 'Date :', '']),
      subtotal: random.pick(['Subtotal', 'Sub Total', 'Total (Excl. Tax)', 'Net amount']),
      total: random.pick([
        'TOTAL',
        'Total',
        'Grand Total',
        'Total Payable',
        'Amount Due',
        'Total (Incl. Tax)',
        'Nett Total',
      ]),
      cash: random.pick(['Cash', 'Cash tendered', 'Paid']),
      change: random.pick(['Change', 'Change due']),
    },
    items: random.pick(['one-line', 'two-lines']),
    heading: random.pick(['none', 'columns']),
    symbol: random.pick(['before-total', 'everywhere', 'none']),
    dateAndTime: random.pick(['one-row', 'two-rows']),
    upperCase: random.pick(['all', 'as-written']),
    farewell: random.pick(['Thank you', 'Goods sold are not returnable', 'Please come again']),
  };
}

function inventInvoiceStyle(random: SeededRandom): InvoiceStyle {
  const [font, bold] = random.pick<readonly [SheetFont, SheetFont]>([
    ['Helvetica', 'Helvetica-Bold'],
    ['Times-Roman', 'Times-Bold'],
    ['Courier', 'Courier-Bold'],
  ]);
  return {
    font,
    bold,
    size: random.pick([9, 10, 11]),
    title: random.pick(['INVOICE', 'Invoice', 'TAX INVOICE']),
    labels: {
      number: random.pick(['Invoice no.', 'Invoice number', 'Invoice #', 'Number:', 'Inv. No']),
      date: random.pick(['Invoice date', 'Date', 'Date of issue', 'Issued']),
      due: random.pick(['Due date', 'Payment due', 'Due']),
      buyer: random.pick(['Bill to', 'Billed to', 'Customer', 'Sold to']),
      subtotal: random.pick(['Subtotal', 'Net amount', 'Total excl. tax']),
      total: random.pick(['Total', 'Total due', 'Amount due', 'Grand total', 'Invoice total', 'Total amount']),
      columns: random.pick([
        ['Description', 'Qty', 'Unit price', 'Amount'],
        ['Item', 'Quantity', 'Price', 'Total'],
        ['Article', 'Qty', 'Rate', 'Line total'],
      ]),
    },
    facts: random.pick(['right', 'left']),
    table: random.pick(['lines', 'plain']),
    symbol: random.pick(['before', 'code-after', 'heading-only']),
    rowsOfPage: [16, 26],
  };
}
