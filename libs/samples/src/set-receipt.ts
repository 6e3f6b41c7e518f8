import { amountCents, subtotalCents, taxCents, totalCents, writeDate, writeMoney, type Sale } from './sale.js';
import { SheetPen, type Sheet, type SheetFont } from './sheet.js';

/** How a till prints: the wording and the shape of the slip. */
export interface ReceiptStyle {
  readonly font: SheetFont;
  readonly size: number;
  readonly width: number;
  readonly centred: 'header' | 'nothing';
  readonly title: string;
  readonly labels: {
    readonly number: string;
    readonly date: string;
    readonly subtotal: string;
    readonly total: string;
    readonly cash: string;
    readonly change: string;
  };
  /** `one-line`: quantity, name, amount. `two-lines`: name, then quantity x price and amount. */
  readonly items: 'one-line' | 'two-lines';
  readonly heading: 'none' | 'columns';
  /** Where the symbol stands; `none` prints bare amounts and names the currency in the column heading. */
  readonly symbol: 'before-total' | 'everywhere' | 'none';
  readonly dateAndTime: 'one-row' | 'two-rows';
  readonly upperCase: 'all' | 'as-written';
  readonly farewell: string;
}

/** A till receipt on one long slip. */
export function setReceipt(sale: Sale, style: ReceiptStyle): Sheet {
  const { size, width, labels } = style;
  const [left, right, middle] = [18, width - 18, width / 2];
  const pen = new SheetPen(width, { font: style.font, size }, 30);
  const cased = (text: string): string => (style.upperCase === 'all' ? text.toUpperCase() : text);
  const money = (cents: number): string => writeMoney(cents, sale.habit);
  const marked = (cents: number): string => `${sale.habit.symbol}${money(cents)}`;
  const head = (text: string, scale = 1): void => {
    const how = { size: size * scale, ...(style.centred === 'header' ? { align: 'center' as const } : {}) };
    pen.write(cased(text), style.centred === 'header' ? middle : left, how);
    pen.down(scale);
  };
  const row = (label: string, amount: string): void => {
    pen.write(cased(label), left);
    pen.write(amount, right, { align: 'right' });
    pen.down();
  };

  head(sale.seller, 1.25);
  head(`(${sale.registration})`);
  for (const line of sale.address) head(line);
  head(`Tel: ${sale.phone}`);
  pen.down(0.6);
  head(style.title);
  pen.down(0.6);
  pen.write(cased(`${labels.number} ${sale.number}`), left);
  pen.down();
  if (style.dateAndTime === 'one-row') {
    pen.write(cased(`${labels.date} ${writeDate(sale)} ${sale.time}`), left);
  } else {
    pen.write(cased(`${labels.date} ${writeDate(sale)}`), left);
    pen.write(sale.time, right, { align: 'right' });
  }
  pen.down();
  pen.rule(left, right);
  pen.down(1.2);

  const amountText = style.symbol === 'everywhere' ? marked : money;
  if (style.heading === 'columns') {
    const unit = style.symbol === 'none' ? ` (${sale.habit.symbol.trim() || sale.habit.currency})` : '';
    pen.write(cased('Qty'), left);
    pen.write(cased('Item'), left + size * 3.5);
    pen.write(cased(`Amount${unit}`), right, { align: 'right' });
    pen.down(1.2);
  }
  for (const item of sale.items) {
    if (style.items === 'one-line') {
      pen.write(String(item.quantity), left);
      pen.write(cased(item.description), left + size * 3.5);
    } else {
      pen.write(cased(item.description), left);
      pen.down();
      pen.write(`${item.quantity} x ${money(item.unitCents)}`, left + size * 2);
    }
    pen.write(amountText(amountCents(item)), right, { align: 'right' });
    pen.down();
  }
  pen.rule(left, right);
  pen.down(1.2);

  if (sale.taxPercent > 0) {
    row(labels.subtotal, amountText(subtotalCents(sale)));
    row(`${sale.habit.taxName} ${sale.taxPercent}%`, amountText(taxCents(sale)));
  }
  const total = totalCents(sale);
  row(labels.total, style.symbol === 'none' ? money(total) : marked(total));
  if (sale.cashCents > 0) {
    row(labels.cash, amountText(sale.cashCents));
    row(labels.change, amountText(sale.cashCents - total));
  }
  pen.down();
  head(style.farewell);
  return pen.sheet();
}
