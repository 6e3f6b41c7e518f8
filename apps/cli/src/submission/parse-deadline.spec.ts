import { describe, expect, it } from '@jest/globals';
import { parseDeadline } from './parse-deadline.js';

const now = new Date('2026-01-01T00:00:00.000Z');

describe('parseDeadline', () => {
  it.each([
    ['90s', '2026-01-01T00:01:30.000Z'],
    ['10m', '2026-01-01T00:10:00.000Z'],
    ['2h', '2026-01-01T02:00:00.000Z'],
    ['1d', '2026-01-02T00:00:00.000Z'],
    ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T12:00:00+02:00', '2026-01-01T10:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(parseDeadline(text, now)).toBe(moment);
  });

  it.each(['soon', '10', '-5m', '2026-01-02', '2026-01-01T12:00:00', '0s', '2025-01-01T00:00:00Z'])(
    'refuses %s',
    (text) => {
      expect(() => parseDeadline(text, now)).toThrow(/--deadline .*(is not a time|has passed)/);
    },
  );
});
