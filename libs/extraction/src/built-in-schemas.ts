import type { builtInSchemaNames, JsonSchema } from '@waybill/contracts';

const text = (title: string, description: string): JsonSchema => ({ type: ['string', 'null'], title, description });
const money = (title: string, description: string): JsonSchema => ({ type: ['number', 'null'], title, description });
const day = (title: string, description: string): JsonSchema => ({ ...text(title, description), format: 'date' });

const lineItems: JsonSchema = {
  type: 'array',
  title: 'Line items',
  description: 'What was sold, in the order printed.',
  items: {
    type: 'object',
    properties: {
      description: text('Description', 'What the line is for, as printed.'),
      quantity: money('Quantity', 'How many, or how much of it.'),
      unitPrice: money('Unit price', 'Price of one, in units of the currency.'),
      amount: money('Amount', 'Price of the line, in units of the currency.'),
    },
  },
};

const sums = {
  currency: { ...text('Currency', 'ISO 4217 code.'), pattern: '^[A-Z]{3}$' },
  subtotal: money('Subtotal', 'Sum before tax, in units of the currency.'),
  tax: money('Tax', 'Tax contained in the total, in units of the currency.'),
  total: money('Total', 'What is to be paid in the end, in units of the currency.'),
  lineItems,
};

const schema = (title: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  type: 'object',
  properties,
});

/** The schemas that need only be named. */
export const builtInSchemas: Readonly<Record<(typeof builtInSchemaNames)[number], JsonSchema>> = {
  receipt: schema('Receipt', {
    merchant: text('Merchant', 'Name of the shop or company, as printed.'),
    address: text('Address', 'Address of the merchant, on one line.'),
    date: day('Date', 'Day of the purchase, ISO 8601.'),
    receiptNumber: text('Receipt number', 'Number of the receipt or bill.'),
    ...sums,
  }),
  invoice: schema('Invoice', {
    vendor: text('Vendor', 'Name of the company that sends the invoice, as printed.'),
    vendorAddress: text('Vendor address', 'Address of the vendor, on one line.'),
    customer: text('Customer', 'Whom the invoice is addressed to.'),
    invoiceNumber: text('Invoice number', 'Number of the invoice.'),
    date: day('Invoice date', 'Day of issue, ISO 8601.'),
    dueDate: day('Due date', 'Day by which to pay, ISO 8601.'),
    ...sums,
  }),
};
