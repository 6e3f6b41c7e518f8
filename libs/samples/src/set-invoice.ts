import { amountCents, subtotalCents, taxCents, totalCents, writeDate, writeMoney, type Sale } from './sale.js';
import { a4, SheetPen, type Sheet, type SheetFont } from './sheet.js';

/** How an office writes its invoices. */
export interface InvoiceStyle {
  readonly font: SheetFont;
  readonly bold: SheetFont;
  readonly size: number;
  readonly title: string;
  readonly labels: {
    readonly number: string;
    readonly date: string;
    readonly due: string;
    readonly buyer: string;
    readonly subtotal: string;
    readonly total: string;
    readonly columns: readonly [string, string, string, string];
  };
  /** Where number and dates stand: beside the seller, or in rows under the title. */
  readonly facts: 'right' | 'left';
  /** `lines` draws rules between rows. */
  readonly table: 'lines' | 'plain';
  readonly symbol: 'before' | 'code-after' | 'heading-only';
  /** Rows on the first and on every later page. */
  readonly rowsOfPage: readonly [number, number];
}

const left = 54;
const right = a4.width - 54;
const columns = { description: left, quantity: 345, unit: 440, amount: right } as const;

/** An invoice on as many A4 pages as its items need; the table's heading is repeated, totals stand after the last row. */
export function setInvoice(sale: Sale, style: InvoiceStyle): Sheet[] {
  const pages: Sheet[] = [];
  let pen = newPage(style);
  writeHead(pen, sale, style);
  let from = 0;
  for (let page = 1; from < sale.items.length || page === 1; page += 1) {
    if (page > 1) {
      pages.push(pen.sheet(a4.height));
      pen = newPage(style);
      pen.write(`${style.title} ${sale.number}, page ${page}`, left);
      pen.down(2);
    }
    const until = from + style.rowsOfPage[page === 1 ? 0 : 1];
    writeRows(pen, sale, style, sale.items.slice(from, until));
    from = until;
  }
  writeTotals(pen, sale, style);
  pages.push(pen.sheet(a4.height));
  return pages;
}

const newPage = (style: InvoiceStyle): SheetPen => new SheetPen(a4.width, { font: style.font, size: style.size }, 62);

function writeHead(pen: SheetPen, sale: Sale, style: InvoiceStyle): void {
  const { size, bold, labels } = style;
  const facts = [
    [labels.number, sale.number],
    [labels.date, writeDate(sale)],
    [labels.due, writeDate(sale, sale.dueDays)],
  ] as const;
  const top = pen.y;
  pen.write(sale.seller, left, { font: bold, size: size * 1.4 });
  pen.write(style.title, right, { font: bold, size: size * 1.9, align: 'right' });
  pen.down(1.5);
  for (const line of sale.address) {
    pen.write(line, left);
    pen.down();
  }
  pen.write(`Phone ${sale.phone}`, left);
  pen.down();
  pen.write(`Reg. no. ${sale.registration}`, left);
  pen.down(2.5);
  const afterSeller = pen.y;
  if (style.facts === 'right') pen.y = top + size * 4;
  for (const [label, value] of facts) {
    const at = style.facts === 'right' ? 375 : left;
    pen.write(label, at, { font: bold });
    pen.write(value, style.facts === 'right' ? right : left + 110, {
      align: style.facts === 'right' ? 'right' : 'left',
    });
    pen.down(1.1);
  }
  pen.y = Math.max(afterSeller, pen.y);
  if (style.facts === 'left') pen.down();
  pen.write(labels.buyer, left, { font: bold });
  pen.down();
  for (const line of [sale.buyer.name, ...sale.buyer.address]) {
    pen.write(line, left);
    pen.down();
  }
  pen.down(1.5);
}

function writeRows(pen: SheetPen, sale: Sale, style: InvoiceStyle, items: Sale['items']): void {
  const [description, quantity, unit, amount] = style.labels.columns;
  const note = style.symbol === 'heading-only' ? ` (${sale.habit.currency})` : '';
  pen.write(description, columns.description, { font: style.bold });
  pen.write(quantity, columns.quantity, { font: style.bold, align: 'right' });
  pen.write(unit, columns.unit, { font: style.bold, align: 'right' });
  pen.write(`${amount}${note}`, columns.amount, { font: style.bold, align: 'right' });
  pen.rule(left, right);
  pen.down(1.4);
  for (const item of items) {
    pen.write(item.description, columns.description);
    pen.write(String(item.quantity), columns.quantity, { align: 'right' });
    pen.write(writeMoney(item.unitCents, sale.habit), columns.unit, { align: 'right' });
    pen.write(writeMoney(amountCents(item), sale.habit), columns.amount, { align: 'right' });
    if (style.table === 'lines') pen.rule(left, right);
    pen.down(1.4);
  }
}

function writeTotals(pen: SheetPen, sale: Sale, style: InvoiceStyle): void {
  const { symbol, currency } = sale.habit;
  const money = (cents: number): string => {
    const plain = writeMoney(cents, sale.habit);
    if (style.symbol === 'before') return `${symbol}${plain}`;
    return style.symbol === 'code-after' ? `${plain} ${currency}` : plain;
  };
  const row = (label: string, cents: number, font: SheetFont): void => {
    pen.write(label, 360, { font });
    pen.write(money(cents), columns.amount, { font, align: 'right' });
    pen.down(1.3);
  };
  pen.down(0.6);
  if (sale.taxPercent > 0) {
    row(style.labels.subtotal, subtotalCents(sale), style.font);
    row(`${sale.habit.taxName} ${sale.taxPercent}%`, taxCents(sale), style.font);
  }
  row(style.labels.total, totalCents(sale), style.bold);
  pen.down(2);
  pen.write('Please transfer the amount due within the time stated above.', left);
  pen.down();
  pen.write('Thank you for your business.', left);
}
