import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/min';
import { contextBefore, wordPattern } from '../text/context-before.js';
import { phoneWords } from './data/phone-words.js';
import type { Recognised, Recogniser } from './recogniser.js';

const beside = wordPattern(phoneWords);
const international = /(?<![\p{L}\p{N}])(?:\+|00) ?\d/u;
const national = /(?<![\p{L}\p{N}]|\d[.,-])\(?0?\d[\d ().\-/]{5,18}\d(?![\p{L}\p{N}]|[.,]\d)/gu;

/** Telephone numbers: with a country code by the plans of all countries, without one only beside a telephone word. */
export const phone: Recogniser = {
  kind: 'phone',
  find: ({ digits }) => {
    const found = international.test(digits) ? internationalNumbers(digits) : [];
    const free = ({ start, end }: Recognised) => !found.some((one) => one.start < end && one.end > start);
    return [...found, ...nationalNumbers(digits).filter(free)];
  },
};

function internationalNumbers(text: string): Recognised[] {
  const dialled = text.replaceAll(/(?<![\p{L}\p{N}])00(?= ?[1-9])/gu, ' +');
  return findPhoneNumbersInText(dialled, { extended: false }).map(({ startsAt, endsAt, number }) => ({
    ...{ start: startsAt, end: endsAt, score: 0.95 },
    ...(number.country ? { remark: number.country satisfies CountryCode } : {}),
  }));
}

function nationalNumbers(text: string): Recognised[] {
  return [...text.matchAll(national)].flatMap((match) => {
    const count = match[0].replaceAll(/\D/g, '').length;
    const before = contextBefore(text, match.index);
    // The word must stand in the line itself, not far before the number.
    const near = before.slice(before.lastIndexOf('\n') + 1).slice(-40);
    if (count < 7 || count > 15 || !beside.test(near)) return [];
    return [{ start: match.index, end: match.index + match[0].length, score: 0.8 }];
  });
}
