import { checksums } from './checksums/checksums.js';
import { ibanLengths } from './data/iban-lengths.js';
import type { Recognised, Recogniser } from './recogniser.js';

const candidate = /(?<![\p{L}\p{N}])(?:[A-Z]{2}[ -]?[0-9OIlSB]{2}|[a-z]{2}[ -]?\d{2})(?:[ -]?[A-Za-z0-9|]){11,36}/gu;

/** IBANs: a country with its length, mod 97; grouped or not, digits confused or not; in small letters only with true digits, as words begin so. */
export const iban: Recogniser = {
  kind: 'iban',
  find: ({ text }) => [...text.matchAll(candidate)].flatMap((match) => firstRight(match[0], match.index)),
};

/** Whatever follows an IBAN on its line is cut off at the length of the country. */
function firstRight(written: string, start: number): Recognised[] {
  const country = written.slice(0, 2).toUpperCase();
  const length = ibanLengths[country];
  if (length === undefined) return [];
  let [end, count] = [0, 0];
  while (end < written.length && count < length) if (!/[ -]/.test(written[end++] ?? '')) count += 1;
  if (count < length) return [];
  const value = written.slice(0, end).replaceAll(/[ -]/g, '');
  // Behind the country stand digits: at once, after one letter, or after a bank code of four.
  const readings = [
    value,
    ...[4, 5, 8].map(
      (from) => country + allDigits(value.slice(2, 4)) + value.slice(4, from) + allDigits(value.slice(from)),
    ),
  ];
  const isRight = readings.some(
    (reading) => /^[A-Z]{2}\d{2}[A-Z0-9]+$/i.test(reading) && checksums.iban(reading.toUpperCase()),
  );
  return isRight ? [{ start, end: start + end, score: 0.99, remark: country }] : [];
}

const allDigits = (text: string): string =>
  text
    .replaceAll(/[OoQ]/g, '0')
    .replaceAll(/[Il|i]/g, '1')
    .replaceAll(/[Ss]/g, '5')
    .replaceAll('B', '8')
    .replaceAll('Z', '2');
