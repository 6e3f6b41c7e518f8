import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDocument, type Row } from './document-text.js';
import { editDistance, foldText, likeness } from './fold-text.js';
import { roleOfLabel } from './money-rows.js';
import { numberOf } from './coerce-value.js';
import { numericView, parseCents, readAmounts } from './read-amounts.js';
import { readDates } from './read-dates.js';
import { layoutOf } from './testing/layout-of.js';

const rowOf = (text: string): Row => readDocument([layoutOf([text])]).rows[0]!;

describe('readAmounts', () => {
  it.each([
    ['TOTAL 1,234.50', [123_450], undefined],
    ['Summe 1.234,50 EUR', [123_450], 'EUR'],
    ['TOTAL:RM68.10', [6_810], 'MYR'],
    ['£5 and £12.00', [1_200], 'GBP'],
    ['Due $319', [31_900], '$'],
    ['CR-CORN 0.72 -3 -2.16', [72, -216], undefined],
    ['T0TAL 1O.5O', [1_050], undefined],
    ['GST @6.00% 3.45', [345], undefined],
    ['22.04.2026 16:08', [], undefined],
    ['13-3.5 L', [], undefined],
  ])('reads %p', (text, cents, currency) => {
    const amounts = readAmounts(rowOf(text));
    expect(amounts.map((amount) => amount.cents)).toEqual(cents);
    expect(amounts[0]?.currency).toBe(currency);
  });

  it('reads back every amount that it is given, with either decimal mark', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.boolean(), (cents, comma) => {
        const plain = (cents / 100).toLocaleString(comma ? 'de-DE' : 'en-US', { minimumFractionDigits: 2 });
        expect(parseCents(plain)).toBe(cents);
        expect(readAmounts(rowOf(`SUM ${plain}`)).map((amount) => amount.cents)).toEqual([cents]);
      }),
    );
  });

  it('keeps the length of a text when it mends digits', () => {
    fc.assert(fc.property(fc.string(), (text) => numericView(text).length === text.length));
  });
});

describe('readDates', () => {
  it.each([
    ['Date: 14/03/2026 09:42', '2026-03-14'],
    ['14-03-26', '2026-03-14'],
    ['2026-03-14T10:00', '2026-03-14'],
    ['14 MAR 2026', '2026-03-14'],
    ['March 14, 2026', '2026-03-14'],
    ['14. März 2026', '2026-03-14'],
    ['14 / 03 / 2O26', '2026-03-14'],
    ['14-03/2026', '2026-03-14'],
    ['14 Nar 2026', '2026-03-14'],
    ['10 - 24/72', undefined],
    ['31/02/2026', undefined],
    ['tel 03-5550 1182', undefined],
    ['1.2.3.4', undefined],
  ])('reads %p', (text, iso) => {
    expect(readDates(rowOf(text))[0]?.dayFirst).toBe(iso);
  });

  it('offers both orders only where both are dates', () => {
    expect(readDates(rowOf('03/14/2026'))[0]).toMatchObject({ dayFirst: undefined, monthFirst: '2026-03-14' });
    expect(readDates(rowOf('03/04/2026'))[0]).toMatchObject({ dayFirst: '2026-04-03', monthFirst: '2026-03-04' });
  });
});

describe('roleOfLabel', () => {
  it.each([
    ['TOTAL', 'total'],
    ['T0TAL:', 'total'],
    ['Total Sales (Inclusive of GST)', 'total'],
    ['GRAND TOTAL RM', 'total'],
    ['AMOUNT DUE', 'total'],
    ['TOTAL (EXCLUDING GST)', 'subtotal'],
    ['Sub-Total', 'subtotal'],
    ['TOTAL GST', 'tax'],
    ['VAT 20%', 'tax'],
    ['GST REG NO', undefined],
    ['ROUNDING ADJ', 'rounding'],
    ['CASH', 'cash'],
    ['Gift card', undefined],
    ['CHANGE', 'change'],
    ['TOTAL QTY', 'count'],
    ['Almond croissant', undefined],
  ])('takes %p for %p', (label, role) => {
    expect(roleOfLabel(label)?.role).toBe(role);
  });
});

describe('foldText', () => {
  it('mends misread label words and leaves others', () => {
    expect(foldText('T0TAL AM0UNT')).toBe('TOTAL AMOUNT');
    expect(foldText('Montréal S.R.L.')).toBe('MONTREAL SRL');
    expect(foldText('123 456')).toBe('123 456');
  });

  it('measures distance symmetrically, and within its limit', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 20)).toBe(editDistance(b, a, 20));
        expect(editDistance(a, b, 20)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, a, 0)).toBe(0);
        expect(likeness(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('numberOf', () => {
  it.each([
    ['12', 12],
    ['1,234.50 USD', 1_234.5],
    ['-3', -3],
    ['2.5 kg', 2.5],
    ['twelve', undefined],
    ['12 of 13', undefined],
  ])('reads %p', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });
});
