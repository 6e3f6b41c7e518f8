/** Personal values with right check digits, drawn with a seed, and pages of lines that hold them. */
import { checksums } from '../../../dist/libs/guardrails/src/personal-data/checksums/checksums.js';

const pick = (random, list) => list[random.whole(0, list.length - 1)];
const digits = (random, count) => Array.from({ length: count }, () => random.whole(0, 9)).join('');
/** Draws until the check holds: one in ten to one in a thousand does. */
function until(draw, holds) {
  for (let tries = 0; tries < 200_000; tries += 1) {
    const value = draw();
    if (holds(value)) return value;
  }
  throw new Error('No value passes its check; look at the pattern.');
}
const day = (random) => String(random.whole(1, 28)).padStart(2, '0');
const month = (random) => String(random.whole(1, 12)).padStart(2, '0');
const year = (random) => String(random.whole(1945, 2004));

const firstNames = ['Amara', 'Jonas', 'Lucía', 'Priya', 'Tomasz', 'Elif', 'Marek', 'Sofie', 'Daniel', 'Ingrid'];
const lastNames = [
  'Okafor',
  'Lindqvist',
  'Moreau',
  'Bianchi',
  'Nowak',
  'Fernández',
  'Schreiber',
  'Patel',
  'Visser',
  'Hughes',
];
const streets = ['Alder Grove Road', 'Millhaven Avenue', 'Harbour Street', 'Quarry Lane'];

/** By kind: labelled forms of a value, `[label, value]`. */
const kinds = {
  email: (r) => [
    'E-mail:',
    `${pick(r, firstNames).normalize('NFKD').replaceAll(/\W/g, '').toLowerCase()}.${r.whole(1, 99)}@mail${r.whole(1, 9)}.example.com`,
  ],
  phone: (r) =>
    pick(r, [
      ['Tel:', `+49 30 ${digits(r, 3)} ${digits(r, 4)}`],
      ['Phone', `+44 20 7${digits(r, 3)} ${digits(r, 4)}`],
      ['Tel. no.', `03-${r.whole(2, 9)}${digits(r, 3)} ${digits(r, 4)}`],
      ['Mobile:', `0151 ${digits(r, 8)}`],
    ]),
  'payment-card': (r) => {
    const value = until(() => `4${digits(r, 15)}`, checksums.luhn);
    return ['Card no.', r.whole(0, 1) ? value : value.replaceAll(/(.{4})(?=.)/g, '$1 ')];
  },
  iban: (r) => {
    const value = until(() => `DE${digits(r, 20)}`, checksums.iban);
    return ['IBAN', r.whole(0, 1) ? value : value.replaceAll(/(.{4})(?=.)/g, '$1 ')];
  },
  'national-id': (r) =>
    pick(r, [
      () => [
        'SSN',
        until(
          () => `${digits(r, 3)}-${digits(r, 2)}-${digits(r, 4)}`,
          (v) => checksums['us-ssn'](v.replaceAll('-', '')),
        ),
      ],
      () => ['NHS number', until(() => digits(r, 10), checksums['uk-nhs'])],
      () => ['BSN', until(() => digits(r, 9), checksums['nl-bsn'])],
      () => ['PESEL', until(() => digits(r, 11), checksums['pl-pesel'])],
      () => [
        'CPF',
        until(() => digits(r, 11), checksums['br-cpf']).replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4'),
      ],
      () =>
        ['Aadhaar', `${r.whole(2, 9)}${digits(r, 11)}`].map((v, at) =>
          at
            ? until(() => `${r.whole(2, 9)}${digits(r, 11)}`, checksums.verhoeff).replaceAll(/(.{4})(?=.)/g, '$1 ')
            : v,
        ),
      () => ['DNI', ((n) => `${n}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(n) % 23]}`)(digits(r, 8))],
      () => ['Steuer-ID', until(() => digits(r, 11), checksums['de-tax'])],
    ])(),
  'birth-date': (r) => [
    pick(r, ['Date of birth:', 'DOB', 'Geburtsdatum', 'Né le', 'Data di nascita']),
    pick(r, [
      `${day(r)}.${month(r)}.${year(r)}`,
      `${day(r)}/${month(r)}/${year(r)}`,
      `${Number(day(r))} March ${year(r)}`,
    ]),
  ],
  name: (r) => [
    pick(r, ['Patient:', 'Name:', 'Mrs', 'Mr', 'Frau', 'Account holder:']),
    `${pick(r, firstNames)} ${pick(r, lastNames)}`,
  ],
  address: (r) =>
    pick(r, [
      ['Lives at', `${r.whole(1, 240)} ${pick(r, streets)}`],
      ['Anschrift', `Lindenstraße ${r.whole(1, 90)}, ${r.whole(10, 99)}${digits(r, 3)} Berlin`],
      ['Adresse', `${r.whole(1, 90)} rue de la Paix, 75002 Paris`],
      ['Dirección', `Calle Mayor ${r.whole(1, 90)}`],
    ]),
};
export const drawnKinds = Object.keys(kinds);

/** Lines that hold no personal value and look as if they might. */
const ordinary = (r) =>
  pick(r, [
    `Order ${digits(r, 10)} of ${day(r)}.${month(r)}.2024`,
    `Article ${digits(r, 13)} ${r.whole(1, 99)}.${digits(r, 2)}`,
    `Total ${r.whole(1, 9)},${digits(r, 3)}.${digits(r, 2)} EUR`,
    `Batch ${digits(r, 4)} ${digits(r, 4)} shelf ${r.whole(1, 30)}`,
    `Invoice no. ${digits(r, 9)}, due ${day(r)}/${month(r)}/2025`,
    `Delivery ${digits(r, 12)}`,
    'Thank you for your purchase, please come again',
    `GST ID ${digits(r, 12)} cashier ${r.whole(1, 9)}`,
  ]);

const confusions = { 0: 'O', 1: 'l', 5: 'S', 8: 'B' };
/** A digit that OCR takes for a letter. */
function confuse(random, text) {
  const places = [...text.matchAll(/(?<=\d[ -]?)[0158](?=[ -]?\d)/g)].map(({ index }) => index);
  if (places.length === 0) return text;
  const at = pick(random, places);
  return `${text.slice(0, at)}${confusions[text[at]]}${text.slice(at + 1)}`;
}

/** A page of lines; `truth` has the kind and the line of each value. `isWorn`: one digit of each value is confused. */
export function drawPage(random, isWorn) {
  const lines = [];
  const truth = [];
  for (let line = 0; line < 24; line += 1) {
    if (line % 4 !== 1) {
      lines.push(ordinary(random));
      continue;
    }
    const kind = pick(random, drawnKinds);
    const [label, value] = kinds[kind](random);
    const isNumber = ['phone', 'payment-card', 'iban', 'national-id'].includes(kind);
    truth.push({ kind, line: lines.length });
    lines.push(`${label} ${isWorn && isNumber ? confuse(random, value) : value}`);
  }
  return { lines, truth };
}
