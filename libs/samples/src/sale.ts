/** One line of a receipt or invoice. Amounts are in the sale's currency, in hundredths (cents). */
export interface SaleItem {
  readonly description: string;
  readonly quantity: number;
  readonly unitCents: number;
}

/** How a place writes dates and money. */
export interface WritingHabit {
  /** ISO 4217. */
  readonly currency: string;
  /** Written beside amounts; empty when amounts stand alone. */
  readonly symbol: string;
  readonly decimalMark: '.' | ',';
  readonly date:
    | 'DD/MM/YYYY'
    | 'DD-MM-YYYY'
    | 'DD.MM.YYYY'
    | 'YYYY-MM-DD'
    | 'MM/DD/YYYY'
    | 'DD MMM YYYY'
    | 'MMM DD, YYYY'
    | 'DD/MM/YY';
  readonly taxName: string;
}

/** What a receipt or invoice says, before it is set on paper. Everything in it is invented. */
export interface Sale {
  readonly seller: string;
  /** Lines as printed. */
  readonly address: readonly string[];
  readonly phone: string;
  /** A company or tax registration number. */
  readonly registration: string;
  readonly buyer: { readonly name: string; readonly address: readonly string[] };
  readonly number: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Days after the date; invoices only. */
  readonly dueDays: number;
  readonly time: string;
  readonly items: readonly SaleItem[];
  /** Percent added to the sum of the items; 0 prints no tax. */
  readonly taxPercent: number;
  /** What was handed over in cash; 0 for a card payment. */
  readonly cashCents: number;
  readonly habit: WritingHabit;
}

export const amountCents = (item: SaleItem): number => Math.round(item.quantity * item.unitCents);
export const subtotalCents = (sale: Sale): number => sale.items.reduce((sum, item) => sum + amountCents(item), 0);
export const taxCents = (sale: Sale): number => Math.round((subtotalCents(sale) * sale.taxPercent) / 100);
export const totalCents = (sale: Sale): number => subtotalCents(sale) + taxCents(sale);

/** `1,234.50` or `1.234,50`, without a symbol. */
export function writeMoney(cents: number, habit: WritingHabit): string {
  const [whole = '0', fraction = '00'] = (Math.abs(cents) / 100).toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, habit.decimalMark === '.' ? ',' : '.');
  return `${cents < 0 ? '-' : ''}${grouped}${habit.decimalMark}${fraction}`;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The sale's date, moved by `daysLater`, as the place writes it. */
export function writeDate(sale: Sale, daysLater = 0): string {
  const [year = '', month = '', day = ''] = isoDate(sale, daysLater).split('-');
  const name = months[Number(month) - 1] ?? '';
  return sale.habit.date
    .replace('YYYY', year)
    .replace('YY', year.slice(2))
    .replace('MMM', name.charAt(0) + name.slice(1).toLowerCase())
    .replace('MM', month)
    .replace('DD', day);
}

/** The sale's date, moved by `daysLater`, as ISO 8601. */
export function isoDate(sale: Sale, daysLater = 0): string {
  const date = new Date(Date.UTC(sale.year, sale.month - 1, sale.day + daysLater));
  return `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
}
