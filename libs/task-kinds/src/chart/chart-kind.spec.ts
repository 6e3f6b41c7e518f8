import { describe, expect, it } from '@jest/globals';
import { pageOf, said, seenAs, subjectOf } from '../testing/pages-of.js';
import { chartKind } from './chart-kind.js';

const text = pageOf(1, ['A report about harbours'], seenAs('text', 0.9));
const chart = pageOf(2, ['Ships a year', '2023 2024 2025', '120 150 95'], seenAs('chart', 0.9));
const subject = subjectOf({ kind: 'chart' } as const, [text, chart]);
const work = () => chartKind.work({ ...subject, pages: chartKind.pagesOf!(subject) });
const part = ['/page/2'];

const point = (label: string, value: number, printed = true) => ({ label, value, printed, words: [] });
const answer = (points: readonly object[]) => ({
  charts: [{ page: 2, title: 'Ships a year', type: 'bar', xAxis: null, yAxis: null, series: [{ name: null, points }] }],
});
const printed = [point('2023', 120), point('2024', 150), point('2025', 95)];

describe('chart', () => {
  it('asks about the pages that look like charts, and only who can look', () => {
    expect(work().parts).toEqual(part);
    expect(
      work()
        .forms(part)
        .map(({ name, pictures }) => [name, pictures.length]),
    ).toEqual([
      ['page-low', 1],
      ['page-high', 1],
    ]);
  });

  it('looks up printed numbers, and marks those that are read off', () => {
    const judged = work().judge(said(answer([...printed, point('2026', 101, false)])), undefined, part);
    expect(judged.open).toEqual([]);
    const [first, , , last] = judged.answer.fields;
    expect(first).toMatchObject({ path: '/charts/0/series/0/points/0/value', value: 120, page: 2, grounded: true });
    expect(first?.boxes).toHaveLength(1);
    expect(last).toMatchObject({ value: 101, grounded: false });
    expect(last!.confidence).toBeLessThan(first!.confidence);
  });

  it.each([
    ['numbers that are not printed', [point('2023', 121), point('2024', 150), point('2025', 95)]],
    ['labels that are not there', [point('North', 120), point('South', 150), point('2025', 95)]],
    ['no points', []],
  ])('doubts %s', (_, points) => {
    expect(work().judge(said(answer(points)), undefined, part).open).toEqual(part);
  });

  it('keeps the surer answer of two', () => {
    const wrong = work().judge(said(answer([point('2023', 121), ...printed.slice(1)])), undefined, part);
    const right = work().judge(said(answer(printed), 0.95), wrong.answer, part);
    expect(right.open).toEqual([]);
    expect(right.answer.fields[0]).toMatchObject({ value: 120, grounded: true });
    const worse = work().judge(said(answer([point('2023', 121)]), 0.5), right.answer, part);
    expect(worse.answer.values).toEqual(right.answer.values);
  });
});
