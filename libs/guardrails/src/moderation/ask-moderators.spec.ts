import { describe, expect, it } from '@jest/globals';
import { parseGuardrailPolicy } from '../policy/guardrail-policy.js';
import { askModerators } from './ask-moderators.js';
import type { Moderator } from './moderator.js';

const never = new AbortController().signal;
const subject = { texts: ['a text'], pictures: [] };
const rulesOf = (rule: object) =>
  parseGuardrailPolicy({
    version: 1,
    rules: [{ guardrail: 'http-classifier', do: 'block', ...rule }],
    moderators: { 'http-classifier': { url: 'http://127.0.0.1/' } },
  }).rules;

/** A moderator that tells how often it was asked. */
function moderatorIn(...regions: string[]) {
  const calls: unknown[] = [];
  const moderator: Moderator = {
    id: 'http-classifier',
    ...(regions.length > 0 ? { processedIn: regions } : {}),
    moderate: async (asked) => {
      calls.push(asked);
      return [];
    },
  };
  return { calls, moderators: new Map([[moderator.id, moderator]]) };
}

describe('a moderator', () => {
  it.each([
    ['in a region of the job', ['eu-west-1'], ['eu']],
    ['anywhere, where the job names no region', [], undefined],
  ])('is asked %s', async (_where, regions, allowed) => {
    const { calls, moderators } = moderatorIn(...regions);
    const { asked } = await askModerators(moderators, { rules: rulesOf({}), subject, regions: allowed }, never);
    expect([calls.length, asked.map(({ id }) => id)]).toEqual([1, ['http-classifier']]);
  });

  it.each([
    ['outside of the regions of the job', ['us', 'eu'], /may process in us, eu, and the job allows eu;/],
    ['whose region nobody has stated', [], /may process in a region that is not stated/],
  ])('%s is not asked, and nothing goes on', async (_where, regions, sentence) => {
    const { calls, moderators } = moderatorIn(...regions);
    const terms = { rules: rulesOf({}), subject, regions: ['eu'] };
    const asking = askModerators(moderators, terms, never);
    await expect(asking).rejects.toMatchObject({ failure: { code: 'guardrail-blocked' }, retryable: false });
    await expect(asking).rejects.toThrow(sentence);
    expect(calls).toEqual([]);
  });

  it('that need not be asked is passed over, and the report says so', async () => {
    const { calls, moderators } = moderatorIn('us');
    const terms = { rules: rulesOf({ onFailure: 'open' }), subject, regions: ['eu'] };
    const { asked, failures } = await askModerators(moderators, terms, never);
    expect([calls, asked]).toEqual([[], []]);
    expect(failures).toEqual([expect.stringMatching(/may process in us/)]);
  });
});
