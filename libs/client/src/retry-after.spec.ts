import { describe, expect, it } from '@jest/globals';
import { delayBeforeRetryMs, retryAfterMs } from './retry-after.js';

const nowMs = Date.parse('2026-01-01T00:00:00.000Z');

describe('retryAfterMs', () => {
  it.each([
    ['3', 3_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%p is %p', (header, expected) => expect(retryAfterMs(header, nowMs)).toBe(expected));
});

describe('delayBeforeRetryMs', () => {
  it('does what the server asks, else waits longer each time, up to a limit', () => {
    expect(delayBeforeRetryMs(1, 3_000, 0.5)).toBe(3_000);
    expect([1, 2, 3, 9].map((attempt) => delayBeforeRetryMs(attempt, undefined, 0.5))).toEqual([
      250, 750, 2_250, 10_000,
    ]);
  });
});
