import { describe, expect, it } from '@jest/globals';
import { consumers } from '@waybill/contracts';
import { jobLimits, jobOfPayload } from './job-limits.js';

const job = { tenant: 'acme', jobId: 'job-1' };
const deadline = '2026-01-01T00:00:00.000Z';
const deadlineMs = Date.parse(deadline);

describe('the limits of a message', () => {
  it('are those of its job, for work', () => {
    const limits = { jobKey: 'acme/job-1', deadlineMs, cancellable: true };
    expect(jobLimits({ ...job, deadline }, consumers.readPage)).toEqual(limits);
    expect(jobLimits({ ...job, deadline }, consumers.answerJob)).toEqual(limits);
  });

  it('stay when the job was cancelled, for its webhook', () => {
    expect(jobLimits({ ...job, deadline }, consumers.deliverWebhook)?.cancellable).toBe(false);
  });

  it('are those of the acceptance, for planning, but not for recording it', () => {
    const event = { ...job, type: 'job-accepted', submission: { routing: { deadline } } };
    expect(jobLimits(event, consumers.plan)?.deadlineMs).toBe(deadlineMs);
    expect(jobLimits(event, consumers.recordEvents)).toBeUndefined();
  });

  it('do not exist for a submission, whatever it says', () => {
    expect(jobLimits({ ...job, deadline }, consumers.submit)).toBeUndefined();
  });

  it.each([[null], [7], ['text'], [undefined]])('do not exist for %p, and neither do log fields', (payload) => {
    expect(jobLimits(payload, consumers.readPage)).toBeUndefined();
    expect(jobOfPayload(payload)).toEqual({});
  });
});
