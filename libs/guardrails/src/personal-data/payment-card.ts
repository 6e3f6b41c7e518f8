import { contextBefore, wordPattern } from '../text/context-before.js';
import { checksums } from './checksums/checksums.js';
import { cardRanges } from './data/card-ranges.js';
import type { Recogniser } from './recogniser.js';

const candidate = /(?<![\p{L}\p{N}]|\d[.,-])\d(?:[ -]?\d){11,18}(?![\p{L}\p{N}]|[.,-]\d)/gu;
const cardWords = wordPattern([
  'card',
  'visa',
  'mastercard',
  'master',
  'amex',
  'american express',
  'credit',
  'debit',
  'pan',
  'karte',
  'kreditkarte',
  'carte',
  'tarjeta',
  'carta',
  'kaart',
  'cartao',
  'cartão',
  'kad',
]);

/** Payment cards: a known range with its lengths, and Luhn. Unbroken digits without a word beside them could be any number. */
export const paymentCard: Recogniser = {
  kind: 'payment-card',
  find: ({ digits }) =>
    [...digits.matchAll(candidate)].flatMap((match) => {
      const value = match[0].replaceAll(/\D/g, '');
      const range = cardRanges.find(({ starts, lengths }) => starts.test(value) && lengths.includes(value.length));
      if (!range || !checksums.luhn(value) || /^(\d)\1+$/.test(value)) return [];
      const isNamed = cardWords.test(contextBefore(digits, match.index));
      const isGrouped = /^(?:\d{4}[ -]){3}\d{1,7}$|^\d{4}[ -]\d{6}[ -]\d{4,5}$/.test(match[0]);
      // One number of a goods label in ten passes Luhn; only the length that cards mostly have counts alone.
      const score = isNamed || isGrouped ? 0.97 : value.length === 16 ? 0.6 : 0.4;
      return [{ start: match.index, end: match.index + match[0].length, score, remark: range.name }];
    }),
};
