import { describe, expect, it } from '@jest/globals';
import { ago, bytes, count, counted, duration, percent, usd } from './format-values.js';

describe('values for people', () => {
  it.each([
    [0, '$0'],
    [0.00000012, '$0.00000012'],
    [0.00123, '$0.0012'],
    [0.5, '$0.50'],
    [1234.5, '$1,234.50'],
  ])('%d US dollars are %s', (value, text) => expect(usd(value)).toBe(text));

  it.each([
    [12, '12 ms'],
    [1_250, '1.3 s'],
    [42_000, '42 s'],
    [61_000, '1 min 1 s'],
    [3_660_000, '1 h 1 min'],
    [200_000_000, '2 d 7 h'],
  ])('%d ms are %s', (value, text) => expect(duration(value)).toBe(text));

  it('says how long ago and in how long', () => {
    const now = Date.parse('2026-05-04T12:00:00Z');
    expect(['2026-05-04T12:00:00Z', '2026-05-04T11:58:30Z', '2026-05-04T13:00:00Z'].map((at) => ago(at, now))).toEqual([
      'now',
      '1 min ago',
      'in 1 h',
    ]);
  });

  it('counts and measures', () => {
    expect([count(1_234), count(1_200_000), counted(1, 'page'), counted(2, 'page')]).toEqual([
      '1,234',
      '1.2M',
      '1 page',
      '2 pages',
    ]);
    expect([bytes(999), bytes(12_300), bytes(1_500_000), percent(0.876)]).toEqual(['999 B', '12 KB', '1.5 MB', '88 %']);
  });
});
