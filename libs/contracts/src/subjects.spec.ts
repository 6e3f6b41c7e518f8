import { describe, expect, it } from '@jest/globals';
import { jobIdSchema, tenantSchema } from './identity.js';
import type { JobEvent } from './job-event.js';
import { consumers, filterSubjectsOf, streams } from './streams.js';
import { everyJobSubject, jobEventsSubject, jobOfEventSubject, subjectOfEvent, tenantOfSubject } from './subjects.js';

const job = { tenant: tenantSchema.parse('acme'), jobId: jobIdSchema.parse('job-1') };
const base = { version: 1 as const, ...job, at: '2026-01-01T00:00:00.000Z' };

/** NATS matching: `*` is one token, `>` is one or more. */
const matches = (pattern: string, subject: string): boolean => {
  const [wanted, given] = [pattern.split('.'), subject.split('.')];
  for (const [index, token] of wanted.entries()) {
    if (token === '>') return given.length > index;
    if (given[index] === undefined || (token !== '*' && token !== given[index])) return false;
  }
  return wanted.length === given.length;
};

const concrete = (pattern: string): string => pattern.replaceAll('*', 'any').replace('>', 'rest');

describe('subjects', () => {
  it('gives both endings of a page one subject, and each page its own', () => {
    const failure = { code: 'unreadable-page' as const, message: 'The page is damaged.' };
    const failed = (page: number): JobEvent => ({
      ...base,
      type: 'page-failed',
      document: 0,
      page,
      failure,
      attempts: 1,
    });
    expect(subjectOfEvent(failed(2))).toBe('waybill.acme.events.job-1.page-ended.0-2');
    expect(subjectOfEvent(failed(3))).not.toBe(subjectOfEvent(failed(2)));
    expect(matches(jobEventsSubject(job), subjectOfEvent(failed(2)))).toBe(true);
  });

  it('lets a consumer of one event type hear exactly that type', () => {
    const cancel = subjectOfEvent({ ...base, type: 'job-cancel-requested' });
    expect(matches(everyJobSubject('job-cancel-requested'), cancel)).toBe(true);
    expect(matches(everyJobSubject('job-accepted'), cancel)).toBe(false);
  });

  it('reads the tenant and the job back from a subject', () => {
    const subject = subjectOfEvent({ ...base, type: 'job-cancel-requested' });
    expect(tenantOfSubject(subject)).toBe('acme');
    expect(jobOfEventSubject(subject)).toEqual(job);
    expect(tenantOfSubject('other.acme.events')).toBeUndefined();
    expect(jobOfEventSubject('waybill.acme.ocr.front.read-page')).toBeUndefined();
  });
});

describe('streams and consumers', () => {
  it('has no subject that two streams would both keep', () => {
    const all = Object.values(streams).flatMap((stream) =>
      stream.subjects.map((subject) => [stream.name, subject] as const),
    );
    for (const [name, subject] of all) {
      const keepers = all.filter(([, pattern]) => matches(pattern, concrete(subject))).map(([keeper]) => keeper);
      expect(keepers).toEqual([name]);
    }
  });

  it('feeds every consumer from the stream it names, under a name of its own', () => {
    const names = Object.values(consumers).map((consumer) => consumer.name);
    expect(new Set(names).size).toBe(names.length);
    for (const consumer of Object.values(consumers)) {
      const kept = streams[consumer.stream].subjects.some((pattern) =>
        filterSubjectsOf(consumer).every((filter) => matches(pattern, concrete(filter))),
      );
      expect([consumer.name, kept]).toEqual([consumer.name, true]);
    }
  });

  it('gives two consumers of a work queue no message in common', () => {
    const queued = Object.values(consumers).filter((consumer) => streams[consumer.stream].retention === 'workqueue');
    for (const one of queued) {
      const rivals = queued.filter(
        (other) =>
          other !== one &&
          filterSubjectsOf(other).some((heard) =>
            filterSubjectsOf(one).some((filter) => matches(heard, concrete(filter))),
          ),
      );
      expect(rivals.map((rival) => rival.name)).toEqual([]);
    }
  });
});
