import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quantityFigureNames, quantityFigures } from './quantity-figures.js';
import { taskForm } from './task-form.js';

type Name = (typeof quantityFigureNames)[number];
const figure = (text: string, name: Name): number => quantityFigures(text)[quantityFigureNames.indexOf(name)] ?? NaN;

const bakery =
  'A baker sells half of her 1,250 rolls and twice as many buns, each for $1.50. Then Ann and Ben buy 3/4 of the rest. ' +
  'How much do the 2 buyers pay?';

describe('the quantities of a prompt', () => {
  it.each<[Name, number]>([
    ['fractions', Math.log1p(2)],
    ['multiples', Math.log1p(1)],
    ['money', Math.log1p(1)],
    ['rates', Math.log1p(1)],
    ['rests', Math.log1p(1)],
    ['sequence', Math.log1p(1)],
    ['decimals', Math.log1p(1)],
    ['quantities', Math.log1p(5 + 2 + 1)],
    ['greatest number', Math.log10(1_251)],
    ['distinct numbers', 1],
    ['words of the question', Math.log1p(7)],
    ['numbers of the question', Math.log1p(1)],
    ['asks for money', 1],
    ['names', Math.log1p(2)],
    ['number after how', 1],
    ['number after what is asked', 1],
    ['asks for cents', 1],
  ])('are counted: %s', (name, expected) => {
    expect(figure(bakery, name)).toBeCloseTo(expected, 12);
  });

  it('count a word for each thing that it may stand for', () => {
    expect([figure('a third', 'fractions'), figure('a third', 'order')]).toEqual([Math.log1p(1), Math.log1p(1)]);
  });

  it.each<[string, boolean, boolean]>([
    ['He bakes 12 an hour. How many does he bake in 30 days?', true, true],
    ['If he bakes 12 an hour for 30 days, how many does he bake?', false, false],
    ['How many does he bake? He has 30 days.', false, false],
    ['He bakes 12 an hour. What does he bake in 30 days?', false, true],
    ['He bakes 12 an hour. Calculate what he bakes in thirty days.', false, false],
    ['12 rolls.', false, false],
  ])('tell whether %j asks with a number', (text, afterHow, afterAsked) => {
    expect([figure(text, 'number after how'), figure(text, 'number after what is asked')]).toEqual([
      +afterHow,
      +afterAsked,
    ]);
  });

  it('ask for cents only where money is asked for and told in decimals', () => {
    const cents = (text: string): number => figure(text, 'asks for cents');
    expect(cents('A roll costs $1.50. How much do 3 cost?')).toBe(1);
    expect(cents('A roll costs $2. How much do 3 cost?')).toBe(0);
    expect(cents('A roll costs $1.50. How many are left?')).toBe(0);
    expect(cents('A roll weighs 1.5 ounces. How much do 3 weigh?')).toBe(0);
  });

  it('are not looked at where answers are given to choose from', () => {
    const quantities = (text: string): number[] => [...taskForm(text)].slice(-quantityFigureNames.length);
    expect(quantities(bakery)).toEqual(quantityFigures(bakery));
    expect(new Set(quantities(`${bakery}\nA. 3 dollars\nB. half of it`))).toEqual(new Set([0]));
  });

  it('are finite for any text, and for numbers longer than any number', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.stringMatching(/^[\d.,/$? A-Za-z]{0,200}$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const figures = quantityFigures(text);
        expect(figures).toHaveLength(quantityFigureNames.length);
        expect(figures.every(Number.isFinite)).toBe(true);
      }),
    );
    expect(figure('9'.repeat(5_000), 'greatest number')).toBeCloseTo(15, 6);
  });
});
