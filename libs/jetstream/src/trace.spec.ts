import { describe, expect, it } from '@jest/globals';
import { currentTraceparent, runWithTrace, traceIdOf, traceparentFrom } from './trace.js';

const given = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;

describe('a trace', () => {
  it('is taken over when well formed, and fresh when not', () => {
    expect(traceparentFrom(given)).toBe(given);
    for (const header of [undefined, '', 'ab', given.toUpperCase(), `${given}-more`]) {
      expect(traceparentFrom(header)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(traceparentFrom(header)).not.toBe(traceparentFrom(header));
    }
    expect(traceIdOf(given)).toBe('ab'.repeat(16));
  });

  it('follows the work into what it awaits, and nothing else', async () => {
    const seen = await runWithTrace(given, async () => {
      await Promise.resolve();
      return currentTraceparent();
    });
    expect(seen).toBe(given);
    expect(currentTraceparent()).not.toBe(given);
  });
});
