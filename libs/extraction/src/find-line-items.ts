import { tokensBetween, type DocumentText, type Row, type Token } from './document-text.js';
import { foldText } from './fold-text.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';
import { startsTaxSummary, type MoneyRow } from './money-rows.js';
import { numericView, parseCents, readAmounts, type Amount } from './read-amounts.js';

/** One thing sold. What a row does not say is undefined. Amounts are in units of the currency. */
export interface LineItem {
  readonly description: Finding<string> | undefined;
  readonly quantity: Finding<number> | undefined;
  readonly unitPrice: Finding<number> | undefined;
  readonly amount: Finding<number> | undefined;
}

export interface LineItems {
  readonly items: readonly LineItem[];
  /** Hundredths; undefined without items. */
  readonly sumCents: number | undefined;
}

/** What a row of the list holds, before rows are joined into items. */
interface ItemRow {
  readonly row: Row;
  readonly words: readonly Token[];
  readonly numbers: Numbers | undefined;
}

interface Numbers {
  readonly amount: Amount;
  readonly unitPrice: Pick<Amount, 'cents' | 'printed' | 'tokens'> | undefined;
  readonly quantity: { readonly value: number; readonly tokens: readonly Token[] } | undefined;
}

const headingWord =
  /\b(?:DESCRIPTION|ITEM|ITEMS|QTY|QUANTITY|PRICE|AMOUNT|AMT|TOTAL|ARTICLE|PRODUCT|UNIT|DESC|BESCHREIBUNG|MENGE|BETRAG|PREIS|DISC|UOM|CODE|TAX|RM)\b/g;
const endRoles = new Set(['total', 'subtotal', 'tax', 'cash', 'change', 'rounding']);

/** Finds the list of what was sold: the rows between its heading, or the first amount, and the first sum. */
export function findLineItems(text: DocumentText, moneyRows: readonly MoneyRow[]): LineItems {
  const items: LineItem[] = [];
  let sumCents = 0;
  for (const rows of listStretches(text, moneyRows)) {
    for (const { words, numbers } of joinRows(rows)) {
      items.push(itemOf(words, numbers));
      sumCents += numbers.amount.cents;
    }
  }
  return { items, sumCents: items.length > 0 ? sumCents : undefined };
}

/** The rows of the list, a stretch a page: a list that goes on repeats its heading on the next page. */
function listStretches(text: DocumentText, moneyRows: readonly MoneyRow[]): ItemRow[][] {
  const sums = moneyRows
    .filter(({ role, strength }) => endRoles.has(role) && strength >= 0.3)
    .map(({ row }) => row.index);
  const ends = [...sums, ...text.rows.filter(startsTaxSummary).map(({ index }) => index)].sort((a, b) => a - b);
  const stretches: ItemRow[][] = [];
  let after = -1;
  for (const ofPage of text.rowsOfPage.values()) {
    const rows = ofPage.filter((row) => row.index > after);
    const heading = rows.findIndex(isHeading);
    if (heading < 0 && stretches.length > 0) continue;
    const firstAmount = rows.findIndex((row) => readAmounts(row).length > 0);
    const start = heading >= 0 ? heading + 1 : Math.max(0, firstAmount - 1);
    const first = rows[start];
    if (!first || firstAmount < 0) continue;
    const end = ends.find((index) => index >= first.index && index > (rows[Math.max(heading, 0)]?.index ?? 0));
    const body = rows.slice(start).filter((row) => (end === undefined || row.index < end) && !isHeading(row));
    const stretch = body.map(readItemRow);
    if (stretch.some(({ numbers }) => numbers)) stretches.push(stretch);
    if (end !== undefined && rows.some((row) => row.index === end)) break;
    after = rows.at(-1)?.index ?? after;
  }
  return stretches;
}

/** At least two words of a list's heading, and no amount. */
function isHeading(row: Row): boolean {
  const words = foldText(row.text).match(headingWord) ?? [];
  return new Set(words).size >= 2 && words.length * 3 >= row.tokens.length && readAmounts(row).length === 0;
}

function readItemRow(row: Row): ItemRow {
  const amounts = readAmounts(row).filter(({ hasDecimals }) => hasDecimals);
  const amount = amounts.at(-1);
  if (!amount) return { row, words: row.tokens, numbers: undefined };
  const numbers = { amount, ...(multiplication(row) ?? quantityAndPrice(row, amounts, amount)) };
  const used = new Set([...amounts, numbers.quantity, numbers.unitPrice].flatMap((one) => one?.tokens ?? []));
  const lastX = Math.max(...amount.tokens.map(({ x1 }) => x1));
  const words = row.tokens.filter((token, at) => {
    const isBesideNumber = [row.tokens[at - 1], row.tokens[at + 1]].some((next) => next && used.has(next));
    return !used.has(token) && token.x0 < lastX && !(isBesideNumber && isMark(token.text));
  });
  return { row, words: /[\p{L}]{2}/u.test(textOf(words)) ? words : [], numbers };
}

/** `x`, `@`, tax letters and currency marks between the numbers say nothing of the thing. */
const isMark = (text: string): boolean => /^(?:[x×@*]|RM|[$€£]|S|SR|ZR|D|T|[-:=|.,]+)$/.test(text);

/** `2 x 12.50`, also where the reader has left no space in it. */
function multiplication(row: Row): Omit<Numbers, 'amount'> | undefined {
  const match = /(?<![\d.,])(\d{1,4}) ?[x×@*] ?(?:[A-Z]{2,3}|[$€£])? ?(\d+[.,]\d{2})(?!\d)/i.exec(
    numericView(row.text),
  );
  const cents = parseCents(match?.[2] ?? '');
  if (!match || cents === undefined) return undefined;
  const tokens = tokensBetween(row, match.index, match.index + match[0].length);
  return {
    quantity: { value: Number(match[1]), tokens: tokens.slice(0, 1) },
    unitPrice: { cents, printed: match[2] ?? '', tokens: tokens.slice(-1) },
  };
}

/** The whole number and the price beside it that multiply to the amount; else the ones that stand where they should. */
function quantityAndPrice(row: Row, amounts: readonly Amount[], amount: Amount): Omit<Numbers, 'amount'> {
  const used = new Set(amounts.flatMap(({ tokens }) => tokens));
  const wholes = row.tokens.flatMap((token) => {
    const view = numericView(token.text);
    const value = Number.parseFloat(view.replace(',', '.'));
    const isWhole = !used.has(token) && /^\d{1,4}(?:[.,]0{1,3})?(?:x|pcs?)?$/i.test(view) && value > 0;
    return isWhole ? [{ value, tokens: [token] }] : [];
  });
  const before = amounts.slice(0, -1);
  for (const quantity of wholes) {
    const unitPrice = before.find(({ cents }) => Math.abs(cents * quantity.value - amount.cents) <= 1);
    if (unitPrice) return { quantity, unitPrice };
  }
  const standsAlone = ({ tokens: [token] }: (typeof wholes)[number]): boolean =>
    token === row.tokens[0] || row.segments.some(({ tokens }) => tokens.length === 1 && tokens[0] === token);
  return { quantity: wholes.find(standsAlone), unitPrice: before.at(-1) };
}

/** Joins rows of words with the rows of numbers they belong to: the words stand above the numbers, or below them. */
function joinRows(rows: readonly ItemRow[]): { words: readonly Token[]; numbers: Numbers }[] {
  const items: { words: readonly Token[]; numbers: Numbers }[] = [];
  const wordsBelow = rows.findIndex(({ numbers }) => numbers) === 0 && (rows[0]?.words.length ?? 0) === 0;
  let pending: readonly Token[] = [];
  for (const { words, numbers } of rows) {
    if (!numbers) {
      const last = items.at(-1);
      if (wordsBelow && last?.words.length === 0) items[items.length - 1] = { ...last, words };
      else if (/[\p{L}]{2}/u.test(textOf(words))) pending = words;
      continue;
    }
    items.push({ words: words.length > 0 ? words : wordsBelow ? [] : pending, numbers });
    pending = [];
  }
  return items;
}

function itemOf(words: readonly Token[], { amount, unitPrice, quantity }: Numbers): LineItem {
  const multiplied = quantity && unitPrice ? quantity.value * unitPrice.cents : undefined;
  const adds = multiplied !== undefined && Math.abs(multiplied - amount.cents) <= 1;
  const finding = <Value extends string | number>(
    value: Value,
    printed: string,
    tokens: readonly Token[],
    label: number,
  ): Finding<Value> => ({
    value,
    printed,
    tokens,
    evidence: {
      label,
      reading: readingOf(tokens),
      agreement: adds ? 1 : 0,
      margin: unit(label),
      form: printed.length > 0 ? 1 : 0,
    },
  });
  const description = textOf(words).replace(/^[^\p{L}\p{N}("']+|[\s,:;*-]+$/gu, '');
  return {
    description: description ? finding(description, description, words, 0.8) : undefined,
    quantity: quantity && finding(quantity.value, textOf(quantity.tokens), quantity.tokens, adds ? 1 : 0.5),
    unitPrice: unitPrice && finding(unitPrice.cents / 100, unitPrice.printed, unitPrice.tokens, adds ? 1 : 0.4),
    amount: finding(amount.cents / 100, amount.printed, amount.tokens, 0.8),
  };
}

const textOf = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join(' ');
