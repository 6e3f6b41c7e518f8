import type { Concept } from './document-facts.js';

/** Names under which schemas ask for a concept, as lower-case words. */
const conceptNames: Readonly<Record<Concept, readonly string[]>> = {
  merchant: [
    ...['merchant', 'company', 'vendor', 'seller', 'supplier', 'store', 'shop', 'business', 'issuer', 'retailer'],
    ...['merchant name', 'company name', 'vendor name', 'seller name', 'supplier name', 'store name', 'shop name'],
    ...['business name', 'issuer name', 'retailer name', 'restaurant', 'restaurant name', 'name of the shop'],
  ],
  address: [
    ...['address', 'merchant address', 'company address', 'vendor address', 'seller address', 'supplier address'],
    ...['store address', 'shop address', 'business address', 'issuer address', 'retailer address'],
  ],
  customer: [
    ...['customer', 'customer name', 'buyer', 'buyer name', 'client', 'client name', 'bill to', 'billed to'],
    ...['recipient', 'recipient name', 'bill to name'],
  ],
  number: [
    ...['invoice number', 'invoice no', 'invoice id', 'receipt number', 'receipt no', 'receipt id', 'bill number'],
    ...['bill no', 'document number', 'document no', 'invoice nr', 'number', 'invoice', 'invoice reference'],
  ],
  date: [
    ...['date', 'invoice date', 'receipt date', 'purchase date', 'transaction date', 'issue date', 'date of issue'],
    ...['document date', 'issued', 'issued on', 'issued at', 'date of purchase', 'billing date', 'bill date'],
    ...['date issued', 'order date', 'sale date'],
  ],
  dueDate: ['due date', 'payment due date', 'due', 'date due', 'pay by', 'payment due', 'due on', 'due by'],
  currency: ['currency', 'currency code', 'iso currency'],
  subtotal: [
    ...['subtotal', 'sub total', 'subtotal amount', 'net amount', 'net total', 'total before tax', 'net'],
    ...['total excluding tax', 'amount before tax', 'total net'],
  ],
  tax: [
    ...['tax', 'tax amount', 'vat', 'vat amount', 'gst', 'gst amount', 'total tax', 'sales tax', 'tax total'],
    ...['total vat', 'taxes'],
  ],
  total: [
    ...['total', 'total amount', 'grand total', 'amount due', 'total due', 'amount total', 'total price', 'sum'],
    ...['invoice total', 'balance due', 'amount payable', 'total payable', 'total paid', 'amount', 'receipt total'],
    ...['total including tax', 'gross total', 'gross amount', 'total gross', 'amount paid', 'total cost'],
  ],
};
const listNames = new Set([
  ...['line items', 'lineitems', 'items', 'lines', 'products', 'articles', 'positions', 'goods', 'purchases'],
  ...['entries', 'purchased items', 'invoice lines', 'invoice items', 'order lines', 'rows'],
]);
/** Names that only group: `summary.total` asks for the total. */
const groupNames = new Set([
  ...['receipt', 'invoice', 'document', 'header', 'summary', 'totals', 'details', 'payment', 'amounts', 'data'],
  ...['fields', 'result', 'general', 'info', 'information', 'meta', 'metadata', 'transaction'],
]);
const itemNames = {
  description: [
    'description',
    'name',
    'item',
    'product',
    'article',
    'title',
    'product name',
    'item name',
    'label',
    'text',
  ],
  quantity: ['quantity', 'qty', 'count', 'units', 'number of units', 'pieces'],
  unitPrice: ['unit price', 'price', 'price each', 'rate', 'unit cost', 'price per unit', 'unit amount'],
  amount: [
    'amount',
    'total',
    'line total',
    'total price',
    'sum',
    'subtotal',
    'net amount',
    'cost',
    'line amount',
    'total amount',
  ],
} as const;
export type ItemColumn = keyof typeof itemNames;

const conceptOf = new Map<string, Concept>(
  Object.entries(conceptNames).flatMap(([concept, names]) => names.map((name) => [name, concept as Concept] as const)),
);
const columnOf = new Map<string, ItemColumn>(
  Object.entries(itemNames).flatMap(([column, names]) => names.map((name) => [name, column as ItemColumn] as const)),
);

/** `invoiceNumber`, `invoice_number` and `Invoice number` as `invoice number`. */
export const wordsOfName = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();

/**
 * The concept that a property asks for, or undefined. `names` are the property's names on the way from the root; its
 * title counts as another name of itself.
 */
export function conceptOfProperty(names: readonly string[], title: string | undefined): Concept | undefined {
  const path = names.map(wordsOfName);
  const own = path.at(-1) ?? '';
  const parents = path.slice(0, -1).filter((name) => !groupNames.has(name));
  const parent = parents.at(-1);
  const candidates = [own, ...(title ? [wordsOfName(title)] : [])];
  for (const name of candidates) {
    const concept = conceptOf.get(parent ? `${parent} ${name}` : name);
    if (concept) return concept;
  }
  return undefined;
}

/** True for the name of a list of what was sold. */
export const namesItemList = (name: string, title: string | undefined): boolean =>
  listNames.has(wordsOfName(name)) || (title !== undefined && listNames.has(wordsOfName(title)));

/** The part of a line item that a property asks for, or undefined. */
export const itemColumnOf = (name: string, title: string | undefined): ItemColumn | undefined =>
  columnOf.get(wordsOfName(name)) ?? (title === undefined ? undefined : columnOf.get(wordsOfName(title)));
