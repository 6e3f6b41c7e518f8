import { describe, expect, it } from '@jest/globals';
import type { RouteAttempt } from '@waybill/contracts';
import { namesOf, whatCame, whyAsked } from './tell-route.js';

const attempt = {
  asked: ['/total', '/date'],
  form: 'layout',
  estimate: { quality: 0.93 },
  expectedCostUsd: 0.0021,
  next: [{}],
  outcome: 'answered',
  doubtful: [],
  costUsd: 0.001,
  durationMs: 1_200,
} as unknown as RouteAttempt;

describe('the story of a route', () => {
  it('says why a model was asked', () => {
    expect(whyAsked(attempt, true)).toBe(
      'An accepted answer was expected to cost least here ($0.0021 with what may follow, 93 % likely right). ' +
        'It was shown the words with their places and asked for 2 fields.',
    );
    expect(whyAsked(attempt, false)).toContain('the next step up');
    expect(whyAsked({ ...attempt, next: [] }, true)).toContain('the only one left');
  });

  it('says what came of it', () => {
    expect(whatCame(attempt)).toBe('All of it was answered and found good ($0.001, 1.2 s).');
    expect(whatCame({ ...attempt, doubtful: ['/date'] })).toContain('1 of 2 fields good, 1 still in doubt');
    expect(whatCame({ ...attempt, outcome: 'timeout', reason: 'It took too long.' })).toContain('No answer');
  });

  it('names fields for people', () => {
    expect(namesOf(['/total', '/lineItems/0/amount'])).toBe('total, lineItems › 1 › amount');
  });
});
