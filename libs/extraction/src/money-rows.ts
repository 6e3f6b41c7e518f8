import { middle, segmentOf, type DocumentText, type Row } from './document-text.js';
import { foldText } from './fold-text.js';
import { readAmounts, readPointlessAmount, type Amount } from './read-amounts.js';

/** What an amount is, by the words beside it. */
export const moneyRoles = [
  'total',
  'subtotal',
  'tax',
  'service',
  'rounding',
  'cash',
  'change',
  'discount',
  'count',
] as const;
export type MoneyRole = (typeof moneyRoles)[number];

/** A row that names an amount, for example `TOTAL PAYABLE 23.56`. */
export interface MoneyRow {
  readonly role: MoneyRole;
  /** How clearly the label says so, 0..1. */
  readonly strength: number;
  readonly label: string;
  /** The label's row; the amount may stand on the next one. */
  readonly row: Row;
  /** From left to right; the last one is the amount named. */
  readonly amounts: readonly Amount[];
  /** In a summary of taxes after the totals, whose own totals are not the document's. */
  readonly inTaxSummary: boolean;
}

const taxName = '(?:GST|VAT|SST|TAX|TAXES|MWST|UST|TVA|IVA|HST|PST|QST|BTW|CGST|SGST|IGST|USI|MVA)';
const exclusive = /\b(?:EXCL?|EXCLUSIVE|EXCLUDING|EXC|BEFORE|W O|WITHOUT)\b/;
const inclusive = /\b(?:INCL?|INCLUSIVE|INCLUDING|INCLUDES|INC|AFTER|WITH)\b/;
const tax = new RegExp(`\\b${taxName}\\b`);
const total = /\b(?:TOTAL|TOTALE|GESAMT|GESAMTBETRAG|SUMME|JUMLAH|TTL|TOTALS|TOTAAL|SUMA|MONTANT)\b/;
const count = /\b(?:QTY|QUANTITY|ITEM|ITEMS|PCS|UNITS|POINT|POINTS|QTYS|ITEMS?S)\b/;

/** A way of paying that the label begins with: a gift card is something sold. */
const paidBy =
  /^(?:(?:TOTAL|AMOUNT|AMT|PAID|PAY|BY|CREDIT|DEBIT|BANK|LESS) )*(?:CASH|TENDER|TENDERED|PAID|PAYMENT|VISA|MASTER|MASTERCARD|DEBIT|CARD|TUNAI|RECEIVED|BAYARAN)\b/;

/** The role a label gives, with its strength; undefined when it names no sum. */
export function roleOfLabel(text: string): { role: MoneyRole; strength: number } | undefined {
  const label = foldText(text).replace(/\bSUB TOTAL\b/g, 'SUBTOTAL');
  if (!/[A-Z]{3}/.test(label)) return undefined;
  const has = (pattern: RegExp): boolean => pattern.test(label);
  const is = (role: MoneyRole, strength: number) => ({ role, strength });

  if (has(/\bCHANGE\b|\bKEMBALI\b|\bBALANCE RETURN/)) return is('change', 1);
  if (has(/\bR(?:OU)?ND/) && !has(total)) return is('rounding', 1);
  if (has(/\bS(?:ERVICE|ERV|RV|VC) ?(?:CHARGE|CHG|CHRG)\b/)) return is('service', 1);
  if (has(/\b(?:DISCOUNT|SAVING|SAVINGS|SAVED|DISC|REBATE)\b/) && !has(/\bAFTER\b/)) return is('discount', 1);
  if (has(/\bSUBTOTAL\b|\bZWISCHENSUMME\b|\bNETTO\b|\bNET (?:AMOUNT|SALES|VALUE)\b|\bTAXABLE\b/))
    return is('subtotal', 1);
  if (has(total) && has(exclusive)) return is('subtotal', 0.9);
  if (has(/\bTOTAL\b.*\bSUPPLIES\b/)) return is('subtotal', 0.3);
  if (has(total)) {
    if (has(/\bR(?:OU)?ND|\b(?:GRAND|PAYABLE|DUE)\b|\bTO PAY\b|\bGESAMTBETRAG\b/)) return is('total', 1);
    if (has(tax) && !has(inclusive) && !has(/\bINVOICE\b/)) return is('tax', 0.9);
    if (has(/\b(?:NETT?|INVOICE)\b/) || (has(inclusive) && !has(/^(?:GST|TAX|VAT)/))) return is('total', 0.95);
    if (has(inclusive)) return is('tax', 0.6);
    if (has(count)) return is('count', 0.7);
    if (has(/\b(?:AMOUNT|AMT|SALES|BILL|PURCHASE|PRICE)\b/)) return is('total', 0.9);
    const spare = label
      .replace(total, '')
      .replace(/\b(?:RM|MYR|USD|EUR|GBP|SGD|IN)\b/g, '')
      .trim();
    return is('total', spare === '' ? 0.85 : 0.5);
  }
  if (has(/\b(?:AMOUNT|BALANCE|AMT|NETT?) (?:DUE|PAYABLE|TO PAY)\b|\bTO PAY\b|\bZAHLBETRAG\b|\bRECHNUNGSBETRAG\b/)) {
    return is('total', 1);
  }
  if (has(paidBy)) {
    return is('cash', 1);
  }
  if (has(tax) && !has(/\b(?:NO|ID|REG|INVOICE|CODE|SUMMARY|NUMBER|IDENTIFICATION)\b/)) return is('tax', 0.85);
  if (has(/\bNETT?\b|\bAMOUNT$/)) return is('total', 0.45);
  if (has(count)) return is('count', 0.5);
  return undefined;
}

/**
 * Every row that names a sum, top to bottom, with a pause after every `rowsOfStep` rows. Labels without an amount beside
 * them take the ones just below or above.
 */
export function* readMoneyRows(text: DocumentText, rowsOfStep: number): Generator<void, MoneyRow[]> {
  const found: MoneyRow[] = [];
  let summaryPage = -1;
  for (const row of text.rows) {
    if (row.index % rowsOfStep === 0) yield;
    if (startsTaxSummary(row)) summaryPage = row.page;
    for (const { label, amounts } of labelledAmounts(text, row)) {
      const role = roleOfLabel(label);
      if (role) found.push({ ...role, label, row, amounts, inTaxSummary: summaryPage === row.page });
    }
  }
  return found;
}

/** The heading of a summary of taxes, which has totals of its own. */
export const startsTaxSummary = (row: Row): boolean =>
  /\b(?:GST|TAX|VAT|SST) (?:SUMMARY|ANALYSIS|CODE)\b/.test(foldText(row.text));

/** The parts of a row where a label stands before amounts: usually one, two where sums stand side by side. */
function labelledAmounts(text: DocumentText, row: Row): { label: string; amounts: readonly Amount[] }[] {
  const own = readAmounts(row);
  if (own.length === 0) {
    const role = roleOfLabel(row.text)?.role;
    const pointless = role && role !== 'count' ? readPointlessAmount(row) : [];
    const amounts = pointless.length > 0 ? pointless : amountsAlone(text, row, text.rows[row.index + 1]);
    return amounts.length > 0 ? [{ label: row.text, amounts }] : [];
  }
  const parts: { label: string; amounts: Amount[] }[] = [];
  let from = 0;
  for (const amount of own) {
    const label = row.text.slice(from, amount.start);
    const last = parts.at(-1);
    if (/[A-Za-z]{3}/.test(label) || !last) parts.push({ label, amounts: [amount] });
    else last.amounts.push(amount);
    from = amount.end;
  }
  const [first] = parts;
  // Print that is slightly turned leaves the amount on a row of its own, above or below its label.
  if (parts.length === 1 && first && !/[A-Za-z]{3}/.test(first.label)) return [];
  return parts;
}

/** The amounts of a neighbouring row that holds nothing else, when it is near and to the right. */
function amountsAlone(text: DocumentText, row: Row, next: Row | undefined): readonly Amount[] {
  if (next?.page !== row.page || middle(next) - middle(row) > 2 * text.rowHeight) return [];
  const amounts = readAmounts(next);
  const rest = amounts.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), next.text);
  if (amounts.length === 0 || /[A-Za-z0-9]{2}/.test(rest)) return [];
  return segmentOf(next.tokens).x0 > segmentOf(row.tokens).x0 ? amounts : [];
}
