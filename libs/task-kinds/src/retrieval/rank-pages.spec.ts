import { describe, expect, it } from '@jest/globals';
import { pageOf } from '../testing/pages-of.js';
import { choosePages } from './choose-pages.js';
import { rankPages } from './rank-pages.js';

const pages = [
  pageOf(1, ['The carrier and the shipper agree on the terms of carriage']),
  pageOf(2, ['The deposit is due when the contract is signed', 'and is paid back within thirty days']),
  pageOf(3, ['Rücktritt vom Vertrag ist nach Fristablauf ausgeschlossen']),
  pageOf(4, ['The the the of of and and is is when when']),
];
const best = (question: string) => rankPages(question, pages)[0]!.page.read.page;

describe('rankPages', () => {
  it('finds the page that has the rare words of the question', () => {
    expect(best('When is the deposit paid back?')).toBe(2);
    expect(best('Who is the carrier?')).toBe(1);
  });

  it('finds other endings, and letters with and without marks', () => {
    expect(best('Are deposits refunded?')).toBe(2);
    expect(best('Kann man vom Vertrage rucktreten?')).toBe(3);
  });

  it('gives nothing to who shares no word, in page order', () => {
    const ranked = rankPages('Xylophon?', pages);
    expect(ranked.map(({ score }) => score)).toEqual([0, 0, 0, 0]);
    expect(ranked.map(({ page }) => page.read.page)).toEqual([1, 2, 3, 4]);
  });
});

describe('choosePages', () => {
  it('takes all that fit, else the best matching in page order, and at least one', () => {
    expect(choosePages('deposit', pages, 10_000)).toEqual(pages);
    expect(choosePages('deposit Vertrag', pages, 65).map(({ read }) => read.page)).toEqual([2, 3]);
    expect(choosePages('deposit', pages, 1).map(({ read }) => read.page)).toEqual([2]);
  });
});
