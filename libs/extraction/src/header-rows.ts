import { segmentOf, type DocumentText, type Row, type Segment } from './document-text.js';
import { foldText } from './fold-text.js';
import { readAmounts } from './read-amounts.js';
import { shapeOfHeader } from './header-shape.js';
import { readDates } from './read-dates.js';

/** A stretch of text near the top that may name the seller or its address. */
export interface HeaderLine {
  readonly row: Row;
  readonly segment: Segment;
  readonly folded: string;
  /** Position from the top, from 0. */
  readonly position: number;
  /** How surely no word of it was lost, 0..1: centred lines show it by standing off the middle. */
  readonly whole: number;
}

/** Words that begin facts other than names and addresses. */
const factWords =
  /\b(?:TEL|TELEPHONE|PHONE|FAX|HP|MOBILE|EMAIL|WWW|HTTP|HTTPS|GST|SST|VAT|REG|ROC|UEN|ABN|TIN|IBAN|BIC|DATE|TIME|INVOICE|RECEIPT|BILL|CASHIER|TABLE|ORDER|COUNTER|TRANS|DOC|DOCUMENT|REGISTRATION|PAGE|SERVED|SALESPERSON|OPERATOR|QTY|DESCRIPTION|AMOUNT|TOTAL|MEMBER|REF|TERMINAL|STAFF|COPY|WELCOME|CUSTOMER|STATEMENT|QUOTATION)\b/;
/** What a registration looks like without any word before it: `(139386 X)`, `(001465242-V)`. */
const registration = /^[([{]?\s*(?:CO\.?|REG\.?|ROC|NO\.?|[:.\s])*\d{4,}[\s\d-]*[A-Z]{0,2}[)\]}]?\s*$/i;
/** A telephone number, with nothing else on the line. */
const telephone = /^\W*\+?\d[\d\s()/-]{6,}$/;
/** A date, which may look like a house number and a street. */
const calendarDay = /\b\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3})[-/. ](?:19|20)\d{2}\b/i;
/** A label of its own: `VE05: RIDZUAN`. */
const labelled = /^(?!NO\b|LOT\b|BLK\b)[\p{L}\d .#]{2,16}:/iu;
const buyerWords =
  /\b(?:BILL(?:ED)? TO|SHIP(?:PED)? TO|SOLD TO|DELIVER(?:Y|ED)? (?:TO|ADDRESS)|CUSTOMER|BUYER|CLIENT|INVOICE TO|ATTN|ATTENTION|RECIPIENT)\b/;

/** True for text that states a fact (a phone number, a registration, a date, an amount) and not a name or a place. */
export const statesFact = (text: string): boolean =>
  factWords.test(foldText(text)) ||
  registration.test(text) ||
  telephone.test(text) ||
  calendarDay.test(text) ||
  labelled.test(text) ||
  /@|www\.|\.com\b/i.test(text) ||
  /\d{2}[:.]\d{2}[:.]\d{2}/.test(text);

export const namesBuyer = (text: string): boolean => buyerWords.test(foldText(text));

/** Rows at the top of the first page with any words, at most this many. */
const headerRows = 16;

/**
 * The stretches of text from which the seller's name and address are chosen: the top of the first page that has
 * something to buy on it, without what is addressed to a buyer.
 */
export function headerLines(text: DocumentText, page: number): HeaderLine[] {
  const rows = (text.rowsOfPage.get(page) ?? []).filter((row) => /[A-Za-z0-9]{2}/.test(row.text));
  const lines: HeaderLine[] = [];
  const buyers: Segment[] = [];
  const shape = shapeOfHeader(rows.slice(0, headerRows), text.rowHeight);
  for (const row of rows.slice(0, headerRows)) {
    if (lines.length > 2 && isItemRow(row)) break;
    for (const { segment, whole } of shape.segmentsOf(row)) {
      if (namesBuyer(segment.text)) buyers.push(segment);
      if (buyers.some((buyer) => standsBelow(segment, buyer, text.rowHeight))) continue;
      lines.push({ row, segment, folded: foldText(segment.text), position: lines.length, whole });
    }
  }
  return lines;
}

/** A row that ends in an amount. `No. 55,57 & 59` does not. */
function isItemRow(row: Row): boolean {
  const last = readAmounts(row).at(-1);
  return last !== undefined && row.text.length - last.end < 4 && readDates(row).length === 0;
}

const standsBelow = (segment: Segment, buyer: Segment, rowHeight: number): boolean =>
  segment === buyer ||
  (segment.y0 >= buyer.y0 && segment.y0 - buyer.y1 < 9 * rowHeight && Math.abs(segment.x0 - buyer.x0) < 3 * rowHeight);

/** The same stretch with only some of its words. */
export const shortened = (line: HeaderLine, keep: (index: number) => boolean): HeaderLine => {
  const tokens = line.segment.tokens.filter((_, index) => keep(index));
  return tokens.length === 0 ? line : { ...line, segment: segmentOf(tokens) };
};
