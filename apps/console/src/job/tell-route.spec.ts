import { describe, expect, it } from '@jest/globals';
import type { RouteAttempt, RouteView } from '@waybill/contracts';
import { isOpen, namesOf, nextOf, whatCame, whyAsked } from './tell-route.js';

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

  it('says how a job that is open goes on', () => {
    const route = { id: 'job-1', status: 'waiting', documents: [] } as unknown as RouteView;
    const waiting = { stage: 'reasoning-fast', reason: 'The model rests.', until: '2026-03-01T10:00:00.000Z' };
    expect(nextOf({ ...route, waiting })).toMatch(/^The job waits in reasoning-fast until .*: The model rests\.$/);
    expect(nextOf({ ...route, status: 'queued' })).toContain('pages are read first');
    expect([isOpen('waiting'), isOpen('partial')]).toEqual([true, false]);
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
