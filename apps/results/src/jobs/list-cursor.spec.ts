import { describe, expect, it } from '@jest/globals';
import type { JobId } from '@waybill/contracts';
import { fromCursor, toCursor } from './list-cursor.js';

describe('a cursor', () => {
  it('leads back to its place', () => {
    const place = { createdAt: new Date('2026-03-01T10:00:00.123Z'), jobId: 'job_1-A' as JobId };
    expect(fromCursor(toCursor(place))).toEqual(place);
    expect(toCursor(place)).toMatch(/^[\w-]+$/);
  });

  it.each(['', 'x', '12', 'x job', '12 ../x', '9999999999999999 job'])(
    'is refused when no listing gave it out: %j',
    (text) => {
      expect(() => fromCursor(Buffer.from(text).toString('base64url'))).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ status: 400 }) }),
      );
    },
  );
});
