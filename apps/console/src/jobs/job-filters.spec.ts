import { describe, expect, it } from '@jest/globals';
import { filtersOf, listingPath } from './job-filters.js';

const now = new Date('2026-05-04T12:00:00.000Z');

describe('the filters of a listing', () => {
  it('are nothing where the address says nothing', () => {
    expect(listingPath(filtersOf(new URLSearchParams()), 50, now)).toBe('/v1/jobs?limit=50');
  });

  it('go from the address into the request, and no others', () => {
    const query = new URLSearchParams('status=failed,partial&tag=a b&task=read&span=day&page=3');
    expect(listingPath(filtersOf(query), 10, now)).toBe(
      '/v1/jobs?limit=10&status=failed%2Cpartial&task=read&tag=a+b&since=2026-05-03T12%3A00%3A00.000Z',
    );
  });

  it('pass over a span that there is not', () => {
    expect(listingPath(filtersOf(new URLSearchParams('span=toString')), 10, now)).not.toContain('since');
  });
});
