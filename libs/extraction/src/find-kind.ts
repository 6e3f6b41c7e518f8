import type { DocumentKind, PageLayout } from '@waybill/contracts';
import type { DocumentText } from './document-text.js';
import { foldText } from './fold-text.js';
import type { MoneyRow } from './money-rows.js';
import { readAmounts } from './read-amounts.js';

const receiptSigns: readonly (readonly [RegExp, number])[] = [
  [/\bRECEIPT\b/, 2],
  [/\bCHANGE\b/, 1.5],
  [/\bCASH\b|\bTENDER/, 1],
  [/\bCASHIER\b|\bCOUNTER\b|\bTERMINAL\b|\bSERVER\b/, 1],
  [/\bTHANK YOU\b|\bPLEASE COME AGAIN\b|\bEXCHANGE\b/, 0.7],
  [/\bROUNDING\b/, 1],
  [/\bVISA\b|\bMASTERCARD\b|\bAPPROVAL CODE\b/, 0.5],
];
const invoiceSigns: readonly (readonly [RegExp, number])[] = [
  [/\bINVOICE\b|\bRECHNUNG\b|\bFACTURE\b|\bFACTUUR\b|\bFACTURA\b/, 2],
  [/\bBILL(?:ED)? TO\b|\bSHIP TO\b|\bSOLD TO\b|\bINVOICE TO\b/, 2],
  [/\bDUE DATE\b|\bPAYMENT TERMS\b|\bAMOUNT DUE\b|\bTOTAL DUE\b|\bPLEASE PAY\b|\bNET 30\b/, 1.5],
  [/\bIBAN\b|\bBANK ACCOUNT\b|\bSWIFT\b|\bBIC\b/, 1],
  [/\bUNIT PRICE\b|\bPURCHASE ORDER\b|\bPO NUMBER\b/, 0.7],
];

/** Decides what a document is by the words on it and the shape of its first page. */
export function findKind(text: DocumentText, moneyRows: readonly MoneyRow[]): DocumentKind {
  const words = text.rows.reduce((sum, row) => sum + row.tokens.length, 0);
  if (words < 4) return 'unknown';
  const folded = text.rows.map((row) => foldText(row.text)).join('\n');
  const add = (signs: typeof receiptSigns): number =>
    signs.reduce((sum, [pattern, weight]) => sum + (pattern.test(folded) ? weight : 0), 0);
  const slip = text.layouts.some(isSlip) ? 2 : 0;
  const receipt = add(receiptSigns) + slip;
  const invoice = add(invoiceSigns) + (text.layouts.length > 1 ? 0.5 : 0);
  const amounts = text.rows.reduce((sum, row) => sum + readAmounts(row).length, 0);
  const sold = moneyRows.some(({ role }) => role === 'total') && amounts >= 2;
  if (sold && Math.max(receipt, invoice) >= 2) return invoice > receipt ? 'invoice' : 'receipt';
  if (slip > 0 && (sold || receipt >= 3.5)) return 'receipt';
  return isForm(text) ? 'form' : wordsInRow(text) >= 6 ? 'text' : 'unknown';
}

/** Long and narrow, or narrower than 14 cm where the size of the paper is known. */
function isSlip({ width, height, unit, dpi }: PageLayout): boolean {
  const inches = unit === 'pt' ? width / 72 : dpi === null ? undefined : width / dpi;
  return height / width > 1.7 || (inches !== undefined && inches < 5.5);
}

/** Many labels that end in a colon, or many key-values in the layout. */
function isForm(text: DocumentText): boolean {
  const labelled = text.rows
    .flatMap((row) => row.segments)
    .filter(({ text: words }) => /^[\p{L} /()#.]{2,40}:/u.test(words));
  const pairs = text.layouts.reduce((sum, layout) => sum + layout.keyValues.length, 0);
  return Math.max(labelled.length, pairs) >= Math.max(4, text.rows.length / 5);
}

/** Words in a row of middle length. */
function wordsInRow(text: DocumentText): number {
  const lengths = text.rows.map((row) => row.tokens.length).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}
