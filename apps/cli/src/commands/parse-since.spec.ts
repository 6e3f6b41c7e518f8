import { describe, expect, it } from '@jest/globals';
import { parseSince } from './parse-since.js';

const now = new Date('2026-11-21T12:00:00.000Z');
const parsed = (text: string): string => parseSince(text, undefined, now).toISOString();

describe('parseSince', () => {
  it.each([
    ['90m', '2026-11-21T10:30:00.000Z'],
    ['24h', '2026-11-20T12:00:00.000Z'],
    ['7d', '2026-11-14T12:00:00.000Z'],
    ['2w', '2026-11-07T12:00:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T05:00:00+02:00', '2026-11-01T03:00:00.000Z'],
  ])('takes %s', (text, moment) => {
    expect(parsed(text)).toBe(moment);
  });

  it.each(['', '7', 'yesterday', '7y', '2026-13-01', '1'])('refuses %j', (text) => {
    expect(() => parsed(text)).toThrow('a time ago such as 24h or 7d');
  });
});
