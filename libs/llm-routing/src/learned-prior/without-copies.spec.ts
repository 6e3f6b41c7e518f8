import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutCopies } from './without-copies.js';

const asked = 'A gardener plants 12 roses, twice as many tulips, and 3 hedges. How many plants are there?';
const copiesOf = (prompt: string, text: string): number => 1 - withoutCopies([{ prompt: text }], [prompt]).length;

describe('copies of prompts', () => {
  it.each<[string, number]>([
    [asked, 1],
    [`  ${asked.toUpperCase()}\n`, 1],
    [`Solve this step by step.\n${asked}\nGive the number alone.`, 1],
    [`${asked}\nA. 12\nB. 39\nAnswer:`, 1],
    [asked.replace('roses', 'peonies'), 0],
    ['A gardener plants 12 roses, twice as many tulips, and 3 hedges.', 0],
    ['', 0],
  ])('%j: %d', (text, copies) => {
    expect(copiesOf(asked, text)).toBe(copies);
  });

  it('are found by what is asked, whatever the answers to choose from', () => {
    expect(copiesOf('Which is red?\nA. rose\nB. sky', 'Which is red?\nA. tulip\nB. apple')).toBe(1);
    expect(copiesOf('Which is red?', 'He asked which is red, and she said: the rose.')).toBe(0);
  });

  it('are always found whole, and nothing is left out where there are no prompts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 8 }), (prompts) => {
        const candidates = prompts.map((prompt) => ({ prompt }));
        expect(withoutCopies(candidates, prompts)).toEqual([]);
        expect(withoutCopies(candidates, [])).toEqual(candidates);
      }),
    );
  });
});
