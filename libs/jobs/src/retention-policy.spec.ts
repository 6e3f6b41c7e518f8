import { describe, expect, it } from '@jest/globals';
import { tenantSchema } from '@waybill/contracts';
import {
  endlessRetention,
  fileKeptMs,
  keepMs,
  parseRetentionPolicy,
  refuseLongRetention,
  retentionOf,
} from './retention-policy.js';

const acme = tenantSchema.parse('acme');
const other = tenantSchema.parse('other');
const hourMs = 3_600_000;
const policy = parseRetentionPolicy({
  version: 1,
  default: { results: '30d' },
  tenants: { acme: { documents: '2d', layouts: '12h', results: '10d', ledger: '400d' } },
});

describe('a policy of retention', () => {
  it('has its own times for a tenant that it names, and the default for others', () => {
    expect(retentionOf(policy, acme)).toEqual({ documents: 48 * hourMs, layouts: 12 * hourMs, results: 240 * hourMs });
    expect(retentionOf(policy, other)).toEqual({ results: 720 * hourMs });
    expect(retentionOf(endlessRetention, acme)).toEqual({});
  });

  it('lets a job keep less, never more', () => {
    const wish = { documents: '30m', pages: '1h' };
    refuseLongRetention(policy, acme, wish);
    expect(retentionOf(policy, acme, wish)).toMatchObject({ documents: hourMs / 2, pages: hourMs });
    expect(() => refuseLongRetention(policy, acme, { documents: '3d' })).toThrow(/kept for 2d at most.*asks for 3d/);
    expect(retentionOf(policy, acme, { documents: '3d' }).documents).toBe(48 * hourMs);
  });

  it('removes documents no later than the events that lead to them', () => {
    expect(retentionOf(policy, acme, { events: '1h' })).toMatchObject({ documents: hourMs, events: hourMs });
  });

  it.each([
    [{ version: 2 }, /version/],
    [{ version: 1, default: { documents: '8d' } }, /default\.documents: they are kept for 7 days at most/],
    [{ version: 1, default: { files: '8d' } }, /default\.files: they are kept for 7 days at most/],
    [{ version: 1, tenants: { acme: { results: 'soon' } } }, /tenants\.acme\.results: write a time/],
    [{ version: 1, default: { answers: '1d' } }, /answers/],
  ])('is refused with a sentence: %j', (value, sentence) => {
    expect(() => parseRetentionPolicy(value)).toThrow(sentence);
  });

  it('keeps files of the door as long as the store does, or shorter', () => {
    expect(fileKeptMs(endlessRetention, acme)).toBe(7 * 24 * hourMs);
    expect(fileKeptMs(parseRetentionPolicy({ version: 1, tenants: { acme: { files: '12h' } } }), acme)).toBe(
      12 * hourMs,
    );
  });

  it('reads minutes, hours and days', () => {
    expect(['90m', '2h', '1d'].map(keepMs)).toEqual([90 * 60_000, 2 * hourMs, 24 * hourMs]);
  });
});
