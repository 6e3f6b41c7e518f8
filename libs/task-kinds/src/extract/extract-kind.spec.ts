import { describe, expect, it } from '@jest/globals';
import type { ExtractedField } from '@waybill/contracts';
import { planPortions } from '../portions/plan-portions.js';
import type { Findings } from '../task-kind.js';
import { pageOf, subjectOf } from '../testing/pages-of.js';
import { extractKind } from './extract-kind.js';

const schema = {
  type: 'object',
  properties: {
    merchant: { type: 'string' },
    total: { type: 'number' },
    rows: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
  },
};
const pages = [1, 2, 3].map((page) => pageOf(page, [`Row of page ${page}`]));
const subject = subjectOf({ kind: 'extract', schema } as const, pages);

const field = (path: string, value: string | number | null, confidence: number, page?: number): ExtractedField => ({
  ...{ path, value, confidence, boxes: [], words: [] },
  ...(page === undefined ? {} : { page }),
});
const found: Findings = {
  kind: 'text',
  values: {},
  fields: [field('/merchant', 'Quellmark', 0.9, 1), field('/total', null, 0), field('/rows/0/name', 'rule', 0.5, 2)],
};

describe('extract in portions', () => {
  it('asks a portion for what is not yet sure, and for lists', () => {
    expect(extractKind.work(subject).parts).toEqual(['/merchant', '/total', '/rows']);
    expect(extractKind.work({ ...subject, found }).parts).toEqual(['/total', '/rows']);
    const flat = { type: 'object', properties: { merchant: { type: 'string' } } };
    expect(extractKind.work({ ...subject, task: { kind: 'extract', schema: flat }, found }).parts).toEqual([]);
  });

  it('joins rows in page order, in place of those that rules found on the same pages, and keeps the surer value', () => {
    const { join } = extractKind.portions!;
    const one: Findings = {
      ...found,
      fields: [field('/total', 3, 0.6, 1), field('/rows/0/name', 'a', 0.9, 1), field('/rows/1/name', 'b', 0.9, 2)],
    };
    const two: Findings = { ...found, fields: [field('/total', 30, 0.95, 3), field('/rows/0/name', 'c', 0.9, 3)] };
    const joined = join(join(found, one, subject), two, subject);
    expect(joined.values).toEqual({
      merchant: 'Quellmark',
      total: 30,
      rows: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    });
  });
});

describe('planPortions', () => {
  const numbers = (portions: ReturnType<typeof planPortions>) =>
    portions.map((portion) => portion.map(({ read }) => read.page));

  it('puts whole pages together as long as their words fit', () => {
    expect(numbers(planPortions(pages, { inputTokens: 1e6, pictures: 20 }))).toEqual([[1, 2, 3]]);
    expect(numbers(planPortions(pages, { inputTokens: 15, pictures: 20 }))).toEqual([[1, 2], [3]]);
    expect(numbers(planPortions(pages, { inputTokens: 1, pictures: 20 }))).toEqual([[1], [2], [3]]);
  });

  it('counts pictures where words are not sound', () => {
    const scanned = [1, 2, 3].map((page) => pageOf(page, ['smudge'], { confidence: 0.4 }));
    expect(numbers(planPortions(scanned, { inputTokens: 1e6, pictures: 2 }))).toEqual([[1, 2], [3]]);
    expect(numbers(planPortions(pages, { inputTokens: 1e6, pictures: 2 }))).toEqual([[1, 2, 3]]);
  });
});
