/** Check digits of further countries, as in `checksums.ts`. Sources: the same. */
export const moreChecksums = {
  /** AT: the fourth digit, over the others, mod 11. */
  'at-social': (value: string): boolean =>
    weighted(value, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(value[3]) && isDate(value.slice(4), 'dmy'),
  /** AU: mod 11. */
  'au-tax': (value: string): boolean => weighted(value, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && !/^0+$/.test(value),
  /** BG: mod 11, 10 counts as 0. */
  'bg-egn': (value: string): boolean => (weighted(value, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(value[9]),
  /** CA SIN and IL: Luhn over nine digits that are not all the same. */
  'nine-luhn': (value: string): boolean => !/^(\d)\1+$/.test(value) && luhn(value),
  /** CH: a bar code's digit (EAN-13). */
  'ch-ahv': (value: string): boolean => weighted(value, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  /** CL: weights 2 to 7 from the right, mod 11, 10 is K. */
  'cl-rut': (value: string): boolean => {
    const digits = [...value.slice(0, -1)].toReversed();
    const rest = 11 - (digits.reduce((sum, digit, at) => sum + Number(digit) * ((at % 6) + 2), 0) % 11);
    return (rest === 11 ? '0' : rest === 10 ? 'K' : String(rest)) === value.at(-1);
  },
  /** CN: ISO 7064 mod 11-2, and a date in it. */
  'cn-resident': (value: string): boolean =>
    '10X98765432'[weighted(value, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === value[17] &&
    isDate(value.slice(8, 14), 'ymd'),
  /** CZ and SK: divisible by 11; 50, 20 or both are added to the month. */
  'cz-birth': (value: string): boolean =>
    value.length === 10 &&
    (Number(value) % 11 === 0 || (Number(value.slice(0, 9)) % 11 === 10 && value.endsWith('0'))) &&
    isMonthDay((Number(value.slice(2, 4)) % 50) % 20, Number(value.slice(4, 6))),
  /** DK: a date; the check digit does not hold for numbers given since 2007. */
  'dk-cpr': (value: string): boolean => isDate(value, 'dmy'),
  /** EE and LT: mod 11, twice where the first gives 10. */
  'ee-personal': (value: string): boolean => {
    const first = weighted(value, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    const check = first < 10 ? first : (weighted(value, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10;
    return check === Number(value[10]) && isDate(value.slice(1), 'ymd');
  },
  /** FI: a sign at the number mod 31. */
  'fi-hetu': (value: string): boolean => {
    const [, date = '', rest = '', sign] = /^(\d{6})[A-FU-Y]?(\d{3})(\w)$/.exec(value) ?? [];
    return isDate(date, 'dmy') && '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(date + rest) % 31] === sign;
  },
  /** GR AFM: powers of two, mod 11, 10 counts as 0. */
  'gr-afm': (value: string): boolean =>
    !/^0+$/.test(value) && (weighted(value, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(value[8]),
  /** IE PPS: a letter at the number mod 23; a second letter counts nine times. */
  'ie-pps': (value: string): boolean => {
    const second = value[8] === undefined || value[8] === 'W' ? 0 : value.charCodeAt(8) - 64;
    return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(value, [8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23] === value[7];
  },
  /** IS: mod 11 over the first eight. */
  'is-kennitala': (value: string): boolean =>
    (11 - (weighted(value, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(value[8]) && isDate(value, 'dmy'),
  /** KR: mod 11, and a date; numbers given since 2020 end as they like. */
  'kr-resident': (value: string): boolean => isDate(value, 'ymd') && /^.{6}[1-8]/.test(value),
  /** MX CURP: a digit over letters and digits by place. */
  'mx-curp': (value: string): boolean => {
    const worth = '0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ';
    const sum = [...value.slice(0, 17)].reduce((all, mark, at) => all + worth.indexOf(mark) * (18 - at), 0);
    return (10 - (sum % 10)) % 10 === Number(value[17]) && isDate(value.slice(4), 'ymd');
  },
  /** NO: two check digits, mod 11. */
  'no-birth': (value: string): boolean =>
    weighted(value, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weighted(value, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  /** Passports have no check digit on the page that people copy: mostly digits. */
  passport: (value: string): boolean => (value.match(/\d/g) ?? []).length >= 4,
  /** PT NIF: mod 11, 10 and 11 count as 0. */
  'pt-nif': (value: string): boolean => {
    const check = 11 - (weighted(value, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    return (check > 9 ? 0 : check) === Number(value[8]);
  },
  /** RO CNP: mod 11, 10 counts as 1, and a date. */
  'ro-cnp': (value: string): boolean => {
    const check = weighted(value, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    return (check === 10 ? 1 : check) === Number(value[12]) && isDate(value.slice(1), 'ymd');
  },
  /** SG: a letter at the sum mod 11; numbers of this century count four more. */
  'sg-nric': (value: string): boolean => {
    const sum = weighted(value.slice(1), [2, 7, 6, 5, 4, 3, 2]) + (/^[TG]/.test(value) ? 4 : 0);
    return (/^[ST]/.test(value) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === value[8];
  },
  /** TR: two check digits, mod 10. */
  'tr-kimlik': (value: string): boolean => {
    const odd = weighted(value, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
    const even = weighted(value, [0, 1, 0, 1, 0, 1, 0, 1]);
    const tenth = (((odd * 7 - even) % 10) + 10) % 10;
    return !value.startsWith('0') && tenth === Number(value[9]) && (odd + even + tenth) % 10 === Number(value[10]);
  },
  /** ZA: a date and Luhn. */
  'za-id': (value: string): boolean => isDate(value, 'ymd') && luhn(value),
} as const satisfies Record<string, (value: string) => boolean>;

const weighted = (value: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(value[at]), 0);
const isMonthDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Whether the first six digits are a date, in this order. */
function isDate(value: string, order: 'dmy' | 'ymd'): boolean {
  const [first, month, last] = [0, 2, 4].map((at) => Number(value.slice(at, at + 2))) as [number, number, number];
  return isMonthDay(month, order === 'dmy' ? first : last);
}

function luhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((all, digit, at) => {
    const worth = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return all + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return sum % 10 === 0 && !/^0+$/.test(digits);
}
