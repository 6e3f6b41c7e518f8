import { describe, expect, it } from '@jest/globals';
import { ModelError } from '@waybill/llm-routing';
import { coolingFor, restedBy } from './key-rests.js';

const limited = (error: object = { message: 'Rate limit reached for gpt-5.4-mini.' }) =>
  new ModelError('rate-limited', 'Later.', { raw: { error } });
const quota = (quotaId: string) => limited({ details: [{ violations: [{ quotaId }] }] });

describe('restedBy', () => {
  it.each([
    ['a limit', limited(), 'a mini'],
    ['a body that says nothing', new ModelError('rate-limited', 'Later.'), 'a mini'],
    ['a quota by model', quota('GenerateRequestsPerMinutePerProjectPerModel'), 'a mini'],
    ['a quota of the project', quota('GenerateRequestsPerDayPerProject'), 'a'],
    ['a limit of the account in words', limited({ message: 'Account-wide limit reached.' }), 'a'],
    ['a refused key', new ModelError('auth', 'No.'), 'a'],
  ])('rests what %s is about', (_what, failure, rests) => {
    expect(restedBy('a', 'mini', failure)).toBe(rests);
  });
});

describe('coolingFor', () => {
  it('rests a key for the model that is limited and for no other, and for all when the key itself rests', () => {
    const [soon, late] = [new Date(1_000), new Date(2_000)];
    const keys = [{ id: 'a' }, { id: 'b' }];
    const cooling = new Map([
      ['a mini', soon],
      ['b', late],
    ]);
    expect(coolingFor(keys, 'mini', cooling)).toEqual(
      new Map([
        ['a', soon],
        ['b', late],
      ]),
    );
    expect(coolingFor(keys, 'large', cooling)).toEqual(new Map([['b', late]]));
  });
});
