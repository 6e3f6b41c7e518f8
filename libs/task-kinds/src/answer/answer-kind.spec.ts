import { describe, expect, it } from '@jest/globals';
import { pageOf, said, subjectOf } from '../testing/pages-of.js';
import { answerKind } from './answer-kind.js';

const filler = (page: number, lines = 60) =>
  pageOf(
    page,
    Array.from({ length: lines }, (_, row) => `On page ${page} line ${row} tells of weather, wind and waves at sea`),
  );
const notice = pageOf(2, ['12. Termination', 'The period of notice is three (3) months', 'to the end of a quarter.']);
const task = { kind: 'answer', question: 'How long is the period of notice?' } as const;
const part = ['/answer'];
const quote = 'The period of notice is three (3) months';
const right = { answer: '3 months', reason: null, citations: [{ page: 2, quote, words: [] }] };
const short = () => answerKind.work(subjectOf(task, [filler(1, 3), notice]));

describe('answer', () => {
  it('takes an answer whose quotes stand on the page, with their places', () => {
    const judged = short().judge(said(right), undefined, part);
    expect(judged.open).toEqual([]);
    expect(judged.answer.values).toEqual({
      ...{ answer: '3 months', reason: null, pagesLookedAt: [1, 2] },
      citations: [{ page: 2, quote }],
    });
    const [answer, citation] = judged.answer.fields;
    expect(answer).toMatchObject({ path: '/answer', page: 2, grounded: true });
    expect(citation).toMatchObject({ path: '/citations/0/quote', page: 2 });
    expect(citation?.boxes).toHaveLength(8);
  });

  it('finds a quote that OCR has read a little differently, and corrects its page', () => {
    const misread = { page: 1, quote: 'The period of notice is threc (3) months', words: [] };
    const judged = short().judge(said({ ...right, citations: [misread] }), undefined, part);
    expect(judged).toMatchObject({ open: [], answer: { values: { citations: [{ page: 2 }] } } });
  });

  it('does not accept an answer that cites nothing that is there', () => {
    const invented = { ...right, citations: [{ page: 2, quote: 'Notice can be given on any day at all', words: [] }] };
    const judged = short().judge(said(invented), undefined, part);
    expect(judged).toMatchObject({ open: part, answer: { values: { citations: [] } } });
    expect(judged.answer.fields[0]).toMatchObject({ grounded: false });
    expect(judged.answer.fields[0]?.confidence).toBeLessThan(0.5);
  });

  it('does not accept numbers that are neither quoted nor asked about', () => {
    const judged = short().judge(said({ ...right, answer: '3 months, that is 90 days' }), undefined, part);
    expect(judged.open).toEqual(part);
  });

  it('takes "not in the document" for an answer, with the reason', () => {
    const judged = short().judge(said({ answer: null, reason: 'No rent is named.', citations: [] }), undefined, part);
    expect(judged.open).toEqual([]);
    expect(judged.answer.values).toMatchObject({ answer: null, reason: 'No rent is named.' });
    expect(judged.answer.fields).toMatchObject([{ path: '/answer', value: null, reason: 'No rent is named.' }]);
  });

  it('keeps an answer that a better model cannot find', () => {
    const first = short().judge(said({ ...right, answer: '90 days' }), undefined, part);
    const second = short().judge(said({ answer: null, reason: 'Nothing.', citations: [] }), first.answer, part);
    expect(second).toMatchObject({ open: part, answer: { values: { answer: '90 days' } } });
  });

  it('shows the pages that match, and more of them when they do not tell', async () => {
    const pages = [...Array.from({ length: 60 }, (_, at) => filler(at + 3)), notice].sort(
      (a, b) => a.read.page - b.read.page,
    );
    const work = answerKind.work(subjectOf(task, pages));
    const before = work.forms(part)[0]!.text.expected;
    const silent = said({ answer: null, reason: 'Not here.', citations: [] });
    const first = work.judge(silent, undefined, part);
    const seen = first.answer.values.pagesLookedAt as number[];
    expect(seen).toContain(2);
    expect(seen.length).toBeLessThan(pages.length / 2);
    expect(first.open).toEqual(part);
    expect(work.forms(part)[0]!.text.expected).toBeGreaterThan(2 * before);
    const second = work.judge(silent, first.answer, part);
    expect((second.answer.values.pagesLookedAt as number[]).length).toBeGreaterThan(seen.length);
    expect(second.open).toEqual([]);
  });
});
