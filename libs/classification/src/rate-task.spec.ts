import { describe, expect, it } from '@jest/globals';
import type { PageLayout, Task } from '@waybill/contracts';
import fc from 'fast-check';
import { ratePage } from './rate-page.js';
import { rateTask } from './rate-task.js';

/** A page of twelve words read with these confidences, in a picture without a known density. */
const pageOf = (confidences: readonly number[], differs: Partial<PageLayout> = {}): PageLayout => ({
  ...{ version: 1, document: 0, page: 1, width: 1_000, height: 1_000, unit: 'px', dpi: null, rotation: 0 },
  ...{ skewDegrees: 0, source: 'ocr', engine: { name: 'test', version: '1' }, languages: ['eng'] },
  words: confidences.map((confidence, at) => ({
    text: 'word',
    box: [0.1, at / 40, 0.2, at / 40 + 0.03],
    confidence,
  })),
  ...{ lines: [], blocks: [], tables: [], keyValues: [], remarks: [] },
  ...differs,
});

const scoreOf = (task: Task, ...layouts: PageLayout[]): number =>
  rateTask(
    task,
    layouts.map((layout) => ratePage(layout)),
  ).score;
const read: Task = { kind: 'read' };
const sure = pageOf([0.99, 0.98, 0.99]);

describe('rateTask', () => {
  it('finds a sure, straight, short page trivial', () => {
    expect(scoreOf(read, sure)).toBe(0);
  });

  it.each<[string, PageLayout]>([
    ['doubtful reading', pageOf([0.6, 0.5, 0.6])],
    ['slanted lines', pageOf([0.99, 0.98, 0.99], { skewDegrees: -6 })],
    ['a coarse scan', pageOf([0.99, 0.98, 0.99], { dpi: 90 })],
    ['a language nobody trained for', pageOf([0.99, 0.98, 0.99], { languages: ['jpn'] })],
  ])('finds %s harder', (_what, layout) => {
    expect(scoreOf(read, layout)).toBeGreaterThan(0.02);
  });

  it.each<[string, Task]>([
    ['a built-in schema', { kind: 'extract', schema: 'invoice' }],
    ['arithmetic in the instructions', { kind: 'extract', instructions: 'Calculate the average of all amounts.' }],
    ['a deep schema', { kind: 'extract', schema: nested(6) }],
    ['words of a hard domain', { kind: 'extract', schema: { properties: { indemnityClause: {}, jurisdiction: {} } } }],
  ])('finds %s harder than none', (_what, task) => {
    expect(scoreOf(task, sure)).toBeGreaterThan(scoreOf({ kind: 'extract' }, sure));
  });

  it('is as hard as its hardest page at least, and further pages never make it easier', () => {
    const page = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }).map((all) => pageOf(all));
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 4 }), page, (pages, another) => {
        const whole = scoreOf(read, ...pages);
        for (const each of pages) expect(whole).toBeGreaterThanOrEqual(scoreOf(read, each) - 1e-3);
        expect(scoreOf(read, ...pages, another)).toBeGreaterThanOrEqual(whole - 1e-3);
      }),
    );
  });
});

function nested(levels: number): Record<string, unknown> {
  return levels === 0 ? { type: 'string' } : { type: 'object', properties: { part: nested(levels - 1) } };
}
