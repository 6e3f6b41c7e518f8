import { describe, expect, it } from '@jest/globals';
import { pageOfLines } from '../testing/page-of-lines.js';
import { TextView } from '../text/text-view.js';
import { personalData } from './personal-data.js';

const found = (...lines: string[]): string[] => {
  const view = TextView.ofText(lines.join('\n'));
  return personalData
    .inspect({ view })
    .filter(({ kind }) => kind !== 'bank' && kind !== 'health')
    .map(({ kind, span }) => `${kind}: ${view.text.slice(span?.start, span?.end)}`);
};

describe('personal data', () => {
  it.each([
    ['Write to jane.roe+tax@mail.example.org today', 'email: jane.roe+tax@mail.example.org'],
    ['jane.roe @ example . com', 'email: jane.roe @ example . com'],
    ['Card 4111 1111 1111 1111 exp 09/29', 'payment-card: 4111 1111 1111 1111'],
    ['VISA 4l11 1111 llll 1111', undefined],
    ['VISA 4I11 1111 1111 11I1', 'payment-card: 4I11 1111 1111 11I1'],
    ['378282246310005 American Express', 'payment-card: 378282246310005'],
    ['IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF', 'iban: DE89 3704 0044 0532 0130 00'],
    ['GB29NWBK60161331926819', 'iban: GB29NWBK60161331926819'],
    ['NL91ABNAO4171643OO', 'iban: NL91ABNAO4171643OO'],
    ['Call +49 30 901820 now', 'phone: +49 30 901820'],
    ['Tel: 03-7785 3688', 'phone: 03-7785 3688'],
    ['SSN: 536-90-4399', 'national-id: 536-90-4399'],
    ['NINO AB 12 34 56 C', 'national-id: AB 12 34 56 C'],
    ['NHS number 943 476 5919', 'national-id: 943 476 5919'],
    ['Steuer-ID 86 095 742 719', 'national-id: 86 095 742 719'],
    ['2 55 08 14 168 025 38', 'national-id: 2 55 08 14 168 025 38'],
    ['RSSMRA85T10A562S', 'national-id: RSSMRA85T10A562S'],
    ['DNI 12345678Z', 'national-id: 12345678Z'],
    ['X1234567L', 'national-id: X1234567L'],
    ['BSN 111222333', 'national-id: 111222333'],
    ['PESEL 44051401359', 'national-id: 44051401359'],
    ['85.07.30-033.28', 'national-id: 85.07.30-033.28'],
    ['811228-9874', 'national-id: 811228-9874'],
    ['CPF 529.982.247-25', 'national-id: 529.982.247-25'],
    ['Aadhaar 2341 2341 2346', 'national-id: 2341 2341 2346'],
    ['Date of birth: 14 March 1986', 'birth-date: 14 March 1986'],
    ['geboren am 03.11.1979', 'birth-date: 03.11.1979'],
    ['Patient: Maria Okafor-Lindqvist', 'name: Maria Okafor-Lindqvist'],
    ['Sehr geehrte Frau Petra Vogel,', 'name: Petra Vogel'],
    ['He lives at 12 Elm Grove Road', 'address: 12 Elm Grove Road'],
    ['Lindenstraße 7a, 10969 Berlin', 'address: Lindenstraße 7a, 10969 Berlin'],
    ['12 rue de la Paix, 75002 Paris', 'address: 12 rue de la Paix, 75002 Paris'],
  ])('finds in "%s": %s', (text, expected) => {
    expect(found(text)).toEqual(expected === undefined ? [] : [expected]);
  });

  it.each([
    'Invoice 4111 1111 1111 1112 of 2024',
    'DE89 3704 0044 0532 0130 01',
    'Barcode 9556091140264',
    'Order 943 476 5919 shipped',
    'Date: 14.03.2024',
    'Reference 111222333',
    '000-12-3456',
    'Total 1,234.56 of 9,999.00',
    'Name of the company: ACME Ltd',
  ])('leaves "%s" alone', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('tells the words and boxes of a value that was cut into words', () => {
    const view = TextView.ofLayout(pageOfLines(['Pay with', 'card 4111 1111 1111 1111 please']));
    const card = personalData.inspect({ view }).find(({ kind }) => kind === 'payment-card');
    const { words, boxes } = view.wordsOf(card?.span ?? { start: 0, end: 0 });
    expect(words).toEqual([3, 4, 5, 6]);
    expect(boxes).toHaveLength(4);
  });
});
