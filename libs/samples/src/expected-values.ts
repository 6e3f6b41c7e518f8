import { amountCents, isoDate, subtotalCents, taxCents, totalCents, type Sale, type SaleItem } from './sale.js';
import type { ReceiptStyle } from './set-receipt.js';

/** The right answer for a document, in the shape of the built-in schema of its kind. */
export interface ExpectedValues {
  readonly kind: 'receipt' | 'invoice';
  readonly values: Readonly<Record<string, unknown>>;
}

const units = (cents: number): number => cents / 100;

const saleValues = (sale: Sale): Record<string, unknown> => ({
  date: isoDate(sale),
  currency: sale.habit.currency,
  ...(sale.taxPercent > 0 ? { subtotal: units(subtotalCents(sale)), tax: units(taxCents(sale)) } : {}),
  total: units(totalCents(sale)),
});

const lineItem = (item: SaleItem): Record<string, unknown> => ({
  description: item.description,
  quantity: item.quantity,
  unitPrice: units(item.unitCents),
  amount: units(amountCents(item)),
});

/** What the built-in schema `receipt` should be filled with: what is printed, as it is printed. */
export function expectedReceipt(sale: Sale, style: ReceiptStyle): ExpectedValues {
  const printed = (text: string): string => (style.upperCase === 'all' ? text.toUpperCase() : text);
  return {
    kind: 'receipt',
    values: {
      merchant: printed(sale.seller),
      address: printed(sale.address.join(' ')),
      receiptNumber: printed(sale.number),
      ...saleValues(sale),
      ...(style.symbol === 'none' && style.heading === 'none' ? { currency: null } : {}),
      lineItems: sale.items.map((item) => {
        const { unitPrice, ...facts } = lineItem({ ...item, description: printed(item.description) });
        return style.items === 'two-lines' ? { ...facts, unitPrice } : facts;
      }),
    },
  };
}

/** What the built-in schema `invoice` should be filled with. */
export const expectedInvoice = (sale: Sale): ExpectedValues => ({
  kind: 'invoice',
  values: {
    vendor: sale.seller,
    vendorAddress: sale.address.join(' '),
    customer: sale.buyer.name,
    invoiceNumber: sale.number,
    ...saleValues(sale),
    dueDate: isoDate(sale, sale.dueDays),
    lineItems: sale.items.map(lineItem),
  },
});
