import { describe, expect, it } from '@jest/globals';
import { answerJobWorkSchema, type AnswerJobWork } from '@waybill/contracts';
import { answerJobText } from './answer-job-text.js';

/** A job of so many pages, each of which could not be read for a reason of 500 letters. */
const workOf = (pageCount: number): AnswerJobWork => {
  const job = { version: 1, tenant: 'acme', jobId: 'job_1' };
  const moment = '2026-01-01T00:00:00.000Z';
  const failure = { code: 'unreadable-page', message: 'x'.repeat(500) };
  const pages = Array.from({ length: pageCount }, (_, index) => ({
    ...{ ...job, type: 'page-failed', at: moment, document: 0, page: index + 1, attempts: 3, failure },
  }));
  const documents = [{ document: 0, mediaType: 'application/pdf', sizeBytes: 1, pages: pageCount }];
  const plan = { acceptedAt: moment, task: { kind: 'read' }, routing: {}, documents };
  return answerJobWorkSchema.parse({ ...job, deadline: '2999-01-01T00:00:00.000Z', plan, pages });
};

describe('the message that a job is to be answered', () => {
  it('carries the endings of its pages', () => {
    const work = workOf(10);
    expect(answerJobWorkSchema.parse(JSON.parse(answerJobText(work)))).toEqual(work);
  });

  it('says of thousands of pages where their endings are', () => {
    const text = answerJobText(workOf(5_000));
    expect(text.length).toBeLessThan(1_000);
    expect(answerJobWorkSchema.parse(JSON.parse(text))).toMatchObject({ pages: [], pagesAt: 'events' });
  });
});
