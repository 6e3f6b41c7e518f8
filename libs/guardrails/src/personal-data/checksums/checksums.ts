import { moreChecksums } from './more-checksums.js';

/** Check digits by the name that the data uses. Each takes the value without separators, letters in upper case. */
export const checksums = {
  /** Cards, SE personnummer (last ten digits), and others. ISO/IEC 7812-1. */
  luhn: (value: string): boolean => luhn(value.replaceAll(/\D/g, '')),
  /** IBAN, ISO 13616: the first four moved to the end, letters as numbers, mod 97 is 1. */
  iban: (value: string): boolean =>
    mod97(`${value.slice(4)}${value.slice(0, 4)}`.replaceAll(/[A-Z]/g, letterNumber)) === 1,
  /** IN Aadhaar. */
  verhoeff: (value: string): boolean => verhoeff(value),
  /** US: area, group and serial that are never given out. */
  'us-ssn': (value: string): boolean =>
    /^(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(value) && value !== '123456789' && value !== '078051120',
  /** UK NHS number: weights 10 to 2, mod 11. */
  'uk-nhs': (value: string): boolean => {
    const check = 11 - (weighted(value, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    return !/^(\d)\1+$/.test(value) && check !== 10 && check % 11 === Number(value[9]);
  },
  /** UK National Insurance number: prefixes that are never given out. */
  'uk-nino': (value: string): boolean =>
    /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(value),
  /** DE Steuer-ID: one digit twice or three times, ISO 7064 mod 11,10. */
  'de-tax': (value: string): boolean => /^[1-9]/.test(value) && repeatsOnce(value.slice(0, 10)) && mod1110(value),
  /** FR NIR: 97 minus the number mod 97; Corsica's 2A and 2B count as 19 and 18. */
  'fr-nir': (value: string): boolean => {
    const digits = value.replace('2A', '19').replace('2B', '18');
    return /^\d{15}$/.test(digits) && 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13));
  },
  /** IT codice fiscale: letters by place, odd and even. */
  'it-fiscal': (value: string): boolean => italianLetter(value) === value[15],
  /** ES DNI and NIE: the letter at the number mod 23. */
  'es-dni': (value: string): boolean => {
    const digits = value.replace(/^X/, '0').replace(/^Y/, '1').replace(/^Z/, '2');
    return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits.slice(0, -1)) % 23] === value.at(-1);
  },
  /** NL BSN: weights 9 to 2 and -1, mod 11. */
  'nl-bsn': (value: string): boolean => !/^0+$/.test(value) && weighted(value, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  /** PL PESEL: weights 1 3 7 9, and a birth date whose month carries the century. */
  'pl-pesel': (value: string): boolean =>
    (10 - (weighted(value, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(value[10]) &&
    isMonthDay(Number(value.slice(2, 4)) % 20, Number(value.slice(4, 6))),
  /** BE national number: 97 minus the first nine mod 97; a 2 stands before them for births from 2000. */
  'be-national': (value: string): boolean => {
    const [first, check] = [value.slice(0, 9), Number(value.slice(9))];
    const isRight = [first, `2${first}`].some((digits) => 97 - (Number(digits) % 97) === check);
    return isRight && isMonthDay(Number(value.slice(2, 4)) % 20, Number(value.slice(4, 6)));
  },
  /** SE personnummer: a birth date and Luhn over the last ten digits. */
  'se-personal': (value: string): boolean => {
    const ten = value.slice(-10);
    return luhn(ten) && isMonthDay(Number(ten.slice(2, 4)), Number(ten.slice(4, 6)) % 60);
  },
  /** BR CPF: two check digits, mod 11. */
  'br-cpf': (value: string): boolean =>
    !/^(\d)\1+$/.test(value) && cpfDigit(value, 9) === Number(value[9]) && cpfDigit(value, 10) === Number(value[10]),
  /** HR OIB: ISO 7064 mod 11,10. */
  'mod-11-10': (value: string): boolean => mod1110(value),
  ...moreChecksums,
} as const satisfies Record<string, (value: string) => boolean>;
export type ChecksumName = keyof typeof checksums;

const letterNumber = (letter: string): string => String(letter.charCodeAt(0) - 55);
const mod97 = (digits: string): number => [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
const weighted = (value: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(value[at]), 0);
const isMonthDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

function luhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((all, digit, at) => {
    const worth = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return all + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return digits.length > 1 && sum % 10 === 0 && !/^0+$/.test(digits);
}

/** The dihedral group of order ten: multiplication, and the permutation by place. */
const product = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permuted = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

const verhoeff = (value: string): boolean =>
  [...value]
    .toReversed()
    .reduce((rest, digit, at) => Number(product[rest]?.[Number(permuted[at % 8]?.[Number(digit)])]), 0) === 0;

/** Of the first ten digits exactly one comes twice or three times. */
function repeatsOnce(digits: string): boolean {
  const counts = [...new Set(digits)].map((digit) => digits.split(digit).length - 1).filter((count) => count > 1);
  return counts.length === 1 && (counts[0] ?? 0) <= 3;
}

function mod1110(value: string): boolean {
  let rest = 10;
  for (const digit of value.slice(0, 10)) {
    const sum = (Number(digit) + rest) % 10 || 10;
    rest = (sum * 2) % 11;
  }
  return (11 - rest) % 10 === Number(value[10]);
}

const cpfDigit = (value: string, length: number): number => {
  const sum = [...value.slice(0, length)].reduce((all, digit, at) => all + Number(digit) * (length + 1 - at), 0);
  return ((sum * 10) % 11) % 10;
};

/** Worth of 0-9 and A-Z in odd places. */
const oddWorth = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22,
  25, 24, 23,
];

function italianLetter(value: string): string {
  const sum = [...value.slice(0, 15)].reduce((all, mark, at) => {
    const place = /\d/.test(mark) ? Number(mark) : mark.charCodeAt(0) - 65;
    return all + (at % 2 === 0 ? (oddWorth[/\d/.test(mark) ? place : place + 10] ?? 0) : place);
  }, 0);
  return String.fromCharCode(65 + (sum % 26));
}
