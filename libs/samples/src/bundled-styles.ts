import { SheetPen, a4, type Sheet } from './sheet.js';
import type { InvoiceStyle } from './set-invoice.js';
import type { ReceiptStyle } from './set-receipt.js';

export const tillStyle: ReceiptStyle = {
  font: 'Helvetica',
  size: 12,
  width: 300,
  centred: 'header',
  title: 'Sales Receipt',
  labels: {
    number: 'Receipt No:',
    date: 'Date:',
    subtotal: 'Subtotal',
    total: 'TOTAL',
    cash: 'Cash',
    change: 'Change',
  },
  items: 'two-lines',
  heading: 'none',
  symbol: 'before-total',
  dateAndTime: 'two-rows',
  upperCase: 'as-written',
  farewell: 'Thank you, see you soon',
};

export const hardwareTillStyle: ReceiptStyle = {
  ...tillStyle,
  font: 'Helvetica',
  width: 360,
  size: 12,
  title: 'Tax Invoice',
  labels: { ...tillStyle.labels, number: 'Doc No.', total: 'Total Payable', subtotal: 'Total excl. SST' },
  items: 'two-lines',
  heading: 'none',
  upperCase: 'all',
};

export const officeStyle: InvoiceStyle = {
  font: 'Helvetica',
  bold: 'Helvetica-Bold',
  size: 10.5,
  title: 'INVOICE',
  labels: {
    number: 'Invoice no.',
    date: 'Invoice date',
    due: 'Due date',
    buyer: 'Bill to',
    subtotal: 'Subtotal',
    total: 'Total due',
    columns: ['Description', 'Qty', 'Unit price', 'Amount'],
  },
  facts: 'right',
  table: 'lines',
  symbol: 'before',
  rowsOfPage: [20, 34],
};

export const workshopStyle: InvoiceStyle = {
  ...officeStyle,
  font: 'Times-Roman',
  bold: 'Times-Bold',
  size: 12,
  labels: { ...officeStyle.labels, number: 'Invoice number', total: 'Total amount', subtotal: 'Net amount' },
  facts: 'left',
  table: 'plain',
  symbol: 'code-after',
};

/** A short letter that says what is enclosed. */
export function setLetter(): Sheet {
  const pen = new SheetPen(a4.width, { font: 'Times-Roman', size: 13 }, 110);
  const lines = [
    'Quellmark Pump Works LLC',
    'Facilities',
    '',
    'Dear colleagues,',
    '',
    'please find enclosed the receipt for the paint and tools that we bought for the',
    'workshop door. We paid in cash and ask you to refund the amount with the next',
    'expense run. The colour matches the old one; nobody will see the difference.',
    '',
    'With kind regards,',
    'the evening shift',
  ];
  for (const line of lines) {
    pen.write(line, 72);
    pen.down(1.15);
  }
  return pen.sheet(a4.height);
}
