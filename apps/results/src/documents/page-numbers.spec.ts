import { describe, expect, it } from '@jest/globals';
import type { JobState } from '@waybill/jobs';
import fc from 'fast-check';
import { numberOfPage, pageOfNumber } from './page-numbers.js';

const jobWith = (...pages: number[]): JobState => {
  const documents = pages.map((count, document) => ({ document, mediaType: 'image/png', sizeBytes: 1, pages: count }));
  return { planned: { documents } } as unknown as JobState;
};

describe('page numbers', () => {
  it('count over all documents, over empty ones too', () => {
    const job = jobWith(2, 0, 3);
    const places = [1, 2, 3, 5].map((number) => pageOfNumber(job, number));
    expect(places).toEqual([
      { document: 0, page: 1 },
      { document: 0, page: 2 },
      { document: 2, page: 1 },
      { document: 2, page: 3 },
    ]);
    expect(pageOfNumber(job, 6)).toBeUndefined();
    expect(numberOfPage(job, { document: 1, page: 1 })).toBeUndefined();
    expect(numberOfPage(job, { document: 3, page: 1 })).toBeUndefined();
  });

  it('lead to their pages and back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 8 }), (pages) => {
        const total = pages.reduce((sum, count) => sum + count, 0);
        for (let number = 1; number <= total; number++) {
          const page = pageOfNumber(jobWith(...pages), number);
          expect(page && numberOfPage(jobWith(...pages), page)).toBe(number);
        }
        expect(pageOfNumber(jobWith(...pages), total + 1)).toBeUndefined();
      }),
    );
  });
});
