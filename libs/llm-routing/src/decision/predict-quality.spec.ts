import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../policy/routing-policy.js';
import { shippedPolicy } from '../policy/shipped-policy.js';
import { PredictedQuality } from './predict-quality.js';

const all = (share: number) => ({ easy: share, medium: share, hard: share });
const policyWith = (...table: object[]) =>
  parsePolicy({ ...shippedPolicy, quality: { ...shippedPolicy.quality, table } });
const small = { id: 'x/small', tier: 1 };
const receipts = { task: 'extract', documentKind: 'receipt', band: 'easy' } as const;

describe('predicted quality', () => {
  const policy = policyWith(
    { tier: 1, ...all(0.5) },
    { tier: 1, documentKind: 'receipt', ...all(0.6) },
    { tier: 1, task: 'extract', ...all(0.7) },
    { model: 'x/small', ...all(0.8), observations: 100 },
    { model: 'x/small', task: 'extract', documentKind: 'receipt', ...all(0.9), observations: 1_000 },
  );

  it('is the policy’s prior of the tier where no row speaks of it', () => {
    expect(new PredictedQuality(shippedPolicy, receipts).of(small, undefined)).toBe(0.93);
    expect(new PredictedQuality(policy, receipts).of({ id: 'x/large', tier: 3 }, undefined)).toBe(0.98);
  });

  it('is that of the closest row: the model before the tier, the task before the kind of document', () => {
    const of = (cell: Partial<typeof receipts> | object, card = small) =>
      new PredictedQuality(policy, { ...receipts, ...cell }).of(card, undefined);
    expect(of({})).toBe(0.9);
    expect(of({ documentKind: 'invoice' })).toBe(0.8);
    const other = { id: 'x/other', tier: 1 };
    expect(of({}, other)).toBe(0.7);
    expect(of({ task: 'describe' }, other)).toBe(0.6);
    expect(of({ task: 'describe', documentKind: 'photo' }, other)).toBe(0.5);
  });

  it('moves with verified outcomes, the slower the more observations a row is worth', () => {
    const predicted = new PredictedQuality(policy, receipts);
    const outcomes = { accepted: 0, refused: 1_000 };
    expect(predicted.of(small, outcomes)).toBeCloseTo(0.45, 12);
    expect(predicted.of({ id: 'x/other', tier: 1 }, outcomes)).toBeCloseTo((0.7 * 20) / 1_020, 12);
  });

  it.each([
    [{ ...all(0.5) }, /either a model or a tier/],
    [{ tier: 1, model: 'x/small', ...all(0.5) }, /either a model or a tier/],
    [{ tier: 1, easy: 0.5, medium: 0.5 }, /table\.0\.hard/],
  ])('refuses a row that cannot be read: %j', (row, sentence) => {
    expect(() => policyWith(row)).toThrow(sentence);
  });
});
