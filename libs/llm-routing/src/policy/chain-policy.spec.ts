import { describe, expect, it } from '@jest/globals';
import { ceilingOf, experimentOf, formsBy, standInsOf } from './chain-policy.js';
import { parsePolicy } from './routing-policy.js';
import { shippedPolicy } from './shipped-policy.js';

const policyWith = (more: object) => parsePolicy({ ...shippedPolicy, ...more });

describe('what a policy says of a chain of attempts', () => {
  it('caps a task by its own ceiling before the common one', () => {
    const policy = policyWith({ ceilings: { usdPerDocument: 0.1, byTask: { chart: 0.5 } } });
    expect([ceilingOf(policy, 'chart'), ceilingOf(policy, 'extract')]).toEqual([0.5, 0.1]);
    expect(ceilingOf(shippedPolicy, 'chart')).toBeUndefined();
  });

  it('knows who stands in for whom on a task', () => {
    const policy = policyWith({ fallback: [{ task: 'extract', models: ['a/x', 'b/y'] }] });
    expect(standInsOf(policy, 'extract', 'a/x')).toEqual(['a/x', 'b/y']);
    expect(standInsOf(policy, 'chart', 'a/x')).toBeUndefined();
    expect(standInsOf(policy, 'extract', 'c/z')).toBeUndefined();
  });

  it('draws about the share of the documents, each always alike', () => {
    const policy = policyWith({ experiments: [{ name: 'try', task: 'extract', share: 0.2, models: ['a/x'] }] });
    const drawn = Array.from({ length: 1_000 }, (_, at) => experimentOf(policy, 'extract', `acme/job-${at}/0`));
    const share = drawn.filter(Boolean).length / drawn.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
    expect(experimentOf(policy, 'extract', 'acme/job-7/0')).toBe(drawn[7]);
    expect(experimentOf(policy, 'chart', 'acme/job-7/0')).toBeUndefined();
  });

  it('leaves the forms of the first strategy that fits, the facts of rules always, and never none', () => {
    const strategies = [
      { documentKind: 'chart', forms: ['page-high'] },
      { task: 'extract', forms: ['layout', 'crops'] },
    ];
    const policy = policyWith({ strategies });
    const names = (task: 'extract' | 'chat', documentKind: string, forms: string[]) =>
      formsBy(
        policy,
        { task, documentKind },
        forms.map((name) => ({ name })),
      ).map(({ name }) => name);
    const all = ['facts', 'layout', 'crops', 'page-low', 'page-high'];
    expect(names('extract', 'chart', all)).toEqual(['facts', 'page-high']);
    expect(names('extract', 'receipt', all)).toEqual(['facts', 'layout', 'crops']);
    expect(names('chat', 'receipt', all)).toEqual(all);
    expect(names('extract', 'receipt', ['facts', 'page-low'])).toEqual(['facts', 'page-low']);
  });

  it.each([
    [{ strategies: [{ task: 'extract', forms: ['words'] }] }, /strategies\.0\.forms/],
    [{ experiments: [{ name: 'Try it', task: 'extract', share: 0.1, models: ['a/x'] }] }, /lower-case/],
    [{ fallback: [{ task: 'extract', models: ['a/x'] }] }, /fallback\.0\.models/],
    [{ ceilings: { byTask: { extract: 0 } } }, /ceilings\.byTask\.extract/],
    [{ hops: [{ name: 'store', regions: [] }] }, /hops\.0\.regions/],
  ])('refuses %j with its place', (change, sentence) => {
    expect(() => policyWith(change)).toThrow(sentence);
  });
});
