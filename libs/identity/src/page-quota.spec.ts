import { describe, expect, it } from '@jest/globals';
import { tenantSchema } from '@waybill/contracts';
import { bookPages, pageLimitsOf, pagesUsed, type PageBook, type PageLimit } from './page-quota.js';
import { parseRequestLimits } from './request-limits.js';

const acme = tenantSchema.parse('acme');
const noon = new Date('2026-03-30T12:00:00.000Z');
const farAway = new Date('2026-06-01T00:00:00.000Z');

const limitsOf = (tenant: object, key: object = {}, credential?: string): PageLimit[] =>
  pageLimitsOf(parseRequestLimits({ version: 1, default: { tenant, key } }), acme, credential);

/** Books jobs of so many pages one after the other, and says what each was told. */
function booked(limits: readonly PageLimit[], counts: readonly number[], deadline = farAway, now = noon) {
  let book: PageBook | undefined;
  const told = counts.map((pages, index) => {
    const next = bookPages(book, limits, { jobId: `job-${index}`, pages, deadline, now });
    book = next.book;
    return next.booking.kind === 'booked' ? next.booking.from.toISOString().slice(0, 13) : 'refused';
  });
  return { book, told };
}

describe('booking pages', () => {
  it('takes the first day that has room for the whole job, and leaves none of a day unused for smaller ones', () => {
    const { told } = booked(limitsOf({ pagesPerDay: 10 }), [6, 6, 4, 9, 4, 1]);
    expect(told).toEqual([
      '2026-03-30T12',
      '2026-03-31T00',
      '2026-03-30T12',
      '2026-04-01T00',
      '2026-03-31T00',
      '2026-04-01T00',
    ]);
  });

  it('waits for the next month where the month is used up', () => {
    const { told } = booked(limitsOf({ pagesPerDay: 10, pagesPerMonth: 12 }), [10, 2, 1, 10]);
    expect(told).toEqual(['2026-03-30T12', '2026-03-31T00', '2026-04-01T00', '2026-04-02T00']);
  });

  it('counts each credential beside the tenant', () => {
    const [one, other] = ['one', 'other'].map((name) => limitsOf({ pagesPerDay: 10 }, { pagesPerDay: 6 }, name));
    const ask = { pages: 5, deadline: farAway, now: noon };
    const first = bookPages(undefined, one!, { ...ask, jobId: 'a' });
    const second = bookPages(first.book, other!, { ...ask, jobId: 'b' });
    expect([first, second].map(({ booking }) => booking)).toEqual([
      { kind: 'booked', from: noon },
      { kind: 'booked', from: noon },
    ]);
    expect(one!.map((limit) => pagesUsed(second.book, limit, noon).used)).toEqual([10, 5]);
    const third = bookPages(second.book, one!, { ...ask, pages: 1, jobId: 'c' });
    expect(third.booking).toEqual({ kind: 'booked', from: new Date('2026-03-31T00:00:00.000Z') });
  });

  it('refuses what has no room before the deadline, or never has, and counts nothing of it', () => {
    const limits = limitsOf({ pagesPerDay: 10 });
    const tonight = new Date('2026-03-31T00:00:00.000Z');
    expect(booked(limits, [10, 1], tonight).told).toEqual(['2026-03-30T12', 'refused']);
    const week = [10, 10, 10, 10, 10, 10];
    expect(booked(limits, [...week, 1]).told.slice(-2)).toEqual(['2026-04-04T00', 'refused']);
    const { told, book } = booked(limits, [11]);
    expect([told, book]).toEqual([['refused'], undefined]);
  });

  it('tells who asks again for a job the same, and counts it once', () => {
    const limits = limitsOf({ pagesPerDay: 10 });
    const ask = { jobId: 'again', pages: 6, deadline: farAway, now: noon };
    const { book } = booked(limits, [6]);
    const first = bookPages(book, limits, ask);
    const second = bookPages(first.book, limits, ask);
    expect(second.booking).toEqual(first.booking);
    expect(second.book).toBe(first.book);
  });

  it('forgets days and months that have passed', () => {
    const limits = limitsOf({ pagesPerDay: 10, pagesPerMonth: 100 });
    const { book } = booked(limits, [6]);
    const later = new Date('2026-04-02T01:00:00.000Z');
    const next = bookPages(book, limits, { jobId: 'later', pages: 1, deadline: farAway, now: later });
    expect(next.book?.used).toEqual({ 'day 2026-04-02': 1, 'month 2026-04': 1 });
    expect(pagesUsed(next.book, limits[1]!, later)).toEqual({ used: 1, turnsAt: new Date('2026-05-01T00:00:00.000Z') });
    expect(pagesUsed(next.book, limits[0]!, later).turnsAt).toEqual(new Date('2026-04-03T00:00:00.000Z'));
  });
});
