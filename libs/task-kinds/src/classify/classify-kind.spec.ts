import { describe, expect, it } from '@jest/globals';
import type { TaskOf } from '@waybill/contracts';
import { pageOf, said, seenAs, subjectOf } from '../testing/pages-of.js';
import { classifyKind } from './classify-kind.js';
import { labelByRules } from './label-by-rules.js';

const labels = ['letter', 'bill', 'other'];
const task: TaskOf<'classify'> = { kind: 'classify', labels };
const letter = pageOf(1, ['Quellmark Stores', 'Dear Ms Okafor,', 'we thank you for your letter about the bill.']);
const workOn = () => classifyKind.work(subjectOf(task, [letter]));
const part = ['/label'];

describe('classify', () => {
  it('offers tier 0 what reading found out, and everybody else words and pictures', () => {
    const forms = workOn().forms(part);
    expect(forms.map(({ name }) => name)).toEqual(['facts', 'layout', 'page-low', 'page-high']);
    expect(forms[0]).toMatchObject({ pictures: [], text: { most: 0 } });
  });

  it('takes a sure label of the set, with the words that show it', () => {
    const judged = workOn().judge(said({ label: 'letter', sure: true, words: [2, 3] }), undefined, part);
    expect(judged.open).toEqual([]);
    expect(judged.answer.values).toEqual({ label: 'letter' });
    expect(judged.answer.fields[0]).toMatchObject({ path: '/label', value: 'letter', confidence: 0.9, page: 1 });
    expect(judged.answer.fields[0]?.boxes).toHaveLength(2);
  });

  it('mends how a label is written, and says so', () => {
    const judged = workOn().judge(said({ label: ' Letter.', sure: true, words: [] }), undefined, part);
    expect(judged).toMatchObject({
      open: [],
      coercions: [{ path: '/label' }],
      answer: { values: { label: 'letter' } },
    });
  });

  it('takes no label that is not in the set', () => {
    const judged = workOn().judge(said({ label: 'memo', sure: true, words: [] }), undefined, part);
    expect(judged).toMatchObject({ open: part, answer: { values: { label: null } } });
    expect(judged.answer.fields[0]?.reason).toMatch(/"memo" is none of the labels/);
  });

  it('doubts who is not sure, unless somebody said the same before', () => {
    const unsure = said({ label: 'bill', sure: false, words: [] }, 0.8);
    const first = workOn().judge(unsure, undefined, part);
    expect(first).toMatchObject({ open: part, answer: { values: { label: 'bill' } } });
    const second = workOn().judge(unsure, first.answer, part);
    expect(second.open).toEqual([]);
    expect(second.answer.fields[0]?.confidence).toBeGreaterThan(0.8);
  });
});

describe('labelByRules', () => {
  const labelOf = (lines: readonly string[], wanted = labels) =>
    labelByRules({ kind: 'text', pages: [pageOf(1, lines)] }, wanted).fields[0];

  it('is as sure as whoever looked at the pages, where a label is a kind of page', () => {
    const pages = [pageOf(1, ['TOTAL 3.00'], seenAs('receipt', 0.97))];
    const { values, fields } = labelByRules({ kind: 'receipt', pages }, ['Receipt', 'other']);
    expect(values).toEqual({ label: 'Receipt' });
    expect(fields[0]?.confidence).toBeCloseTo(0.97);
  });

  it('believes a title more than a line', () => {
    expect(labelOf(['BILL', 'No. 17'])).toMatchObject({ value: 'bill', confidence: 0.85 });
    expect(labelOf(['Quellmark', 'this is the third and last bill about what you owe us'])).toMatchObject({
      value: 'bill',
      confidence: 0.6,
    });
  });

  it('does not choose between two labels, nor find one inside another word', () => {
    expect(labelOf(['Letter with bill'])).toMatchObject({ value: null });
    expect(labelOf(['Billing department'])).toMatchObject({ value: null });
  });
});
