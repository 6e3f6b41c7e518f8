/** Digits that readers mistake for letters, as the letters. */
const letterOfDigit: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S', '8': 'B', '|': 'I', '!': 'I' };

/** Words that labels are made of; a misread word is taken for the one it nearly is. */
export const labelWords: readonly string[] = [
  ...['TOTAL', 'SUBTOTAL', 'GRAND', 'AMOUNT', 'AMT', 'PAYABLE', 'BALANCE', 'NETT', 'NET', 'DUE', 'SALES', 'ROUNDING'],
  ...['ROUNDED', 'INCLUSIVE', 'INCLUDING', 'INCL', 'EXCLUSIVE', 'EXCLUDING', 'EXCL', 'DISCOUNT', 'SAVING', 'CASH'],
  ...['CHANGE', 'TENDER', 'TENDERED', 'PAYMENT', 'PAID', 'CARD', 'VISA', 'TAX', 'GST', 'VAT', 'SST', 'SUMMARY'],
  ...['INVOICE', 'RECEIPT', 'BILL', 'NUMBER', 'DATE', 'TIME', 'ISSUED', 'ORDER', 'CASHIER', 'CUSTOMER', 'QTY'],
  ...['QUANTITY', 'ITEM', 'ITEMS', 'DESCRIPTION', 'PRICE', 'UNIT', 'TELEPHONE', 'PHONE', 'TEL', 'FAX', 'EMAIL'],
  ...['REGISTRATION', 'COMPANY', 'ADDRESS', 'DOCUMENT', 'THANK', 'STREET', 'ROAD', 'JALAN', 'TAMAN', 'CODE'],
];
const known = new Set(labelWords);
const folded = new Map<string, string>();

/** Upper case, without accents and punctuation, digits inside words read as letters, misread label words mended. */
export function foldText(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\.(?=\d)/g, ' ')
    .replace(/[\u0300-\u036f.]/g, '')
    .toUpperCase();
  return plain
    .split(/[^A-Z0-9|!%#&]+/)
    .filter(Boolean)
    .map(foldWord)
    .join(' ');
}

function foldWord(word: string): string {
  if (known.has(word)) return word;
  const before = folded.get(word);
  if (before !== undefined) return before;
  const letters = word.replace(/[0158|!]/g, (digit) => letterOfDigit[digit] ?? digit);
  const mended = /[A-Z]/.test(word) ? mendWord(letters) : undefined;
  const result = mended ?? word;
  if (folded.size < 5_000) folded.set(word, result);
  return result;
}

/** The label word that this nearly is, or undefined: one slip in four to six letters, two in seven or more. */
function mendWord(word: string): string | undefined {
  if (known.has(word)) return word;
  if (word.length < 4) return undefined;
  const slips = word.length >= 7 ? 2 : 1;
  return labelWords.find((label) => label.length >= 5 && editDistance(word, label, slips) <= slips);
}

/** Insertions, deletions and replacements between two texts; `limit + 1` as soon as it must be more than `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    let lowest = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const next = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      current.push(next);
      lowest = Math.min(lowest, next);
    }
    if (lowest > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

/** Folded, without spaces: what labels are compared by. */
export const squeeze = (text: string): string => foldText(text).replaceAll(' ', '');

/** How alike two squeezed texts are, 0..1; 0 when that is less than `lowest`. */
export function likenessOfFolded(a: string, b: string, lowest: number): number {
  const longest = Math.max(a.length, b.length);
  const limit = Math.floor(longest * (1 - lowest) + 1e-9);
  const distance = longest === 0 ? 1 : editDistance(a, b, limit);
  return distance > limit ? 0 : 1 - distance / longest;
}

/** How alike two texts are, 0..1, after folding and without spaces; 0 for texts less alike than one half. */
export const likeness = (a: string, b: string): number => likenessOfFolded(squeeze(a), squeeze(b), 0.5);
