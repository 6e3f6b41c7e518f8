import { describe, expect, it } from '@jest/globals';
import { jobEventViewSchema, type JobEventView } from '@waybill/contracts';
import { advanceJobProgress, hasEnded, hasSucceeded, newJobProgress } from './job-progress.js';

const at = '2026-01-01T00:00:00.000Z';
const event = (value: object): JobEventView => jobEventViewSchema.parse({ version: 1, at, ...value });
const planned = event({
  type: 'job-planned',
  documents: [{ document: 0, mediaType: 'application/pdf', sizeBytes: 1, pages: 2 }],
});
const failure = { code: 'unreadable-page', message: 'The page is blank.' };
const pageFailed = event({ type: 'page-failed', document: 0, page: 1, failure, attempts: 1 });
const waiting = event({ type: 'job-waiting', stage: 'reasoning-free', reason: 'no model', until: at });
const finished = event({ type: 'job-finished', status: 'partial', problems: [failure], costUsd: 0, times: {} });

describe('advanceJobProgress', () => {
  it('follows a job from its plan to its end', () => {
    const phases = [planned, pageFailed, pageFailed, waiting, finished].reduce(
      (steps, next) => [...steps, advanceJobProgress(steps.at(-1) ?? newJobProgress('a.pdf'), next)],
      [newJobProgress('a.pdf')],
    );
    expect(phases.map(({ phase }) => phase)).toEqual([
      'uploading',
      'reading',
      'reading',
      'answering',
      'waiting',
      'partial',
    ]);
    expect(phases.at(-1)).toEqual({ label: 'a.pdf', phase: 'partial', pagesDone: 2, pagesFailed: 2, pagesTotal: 2 });
    expect(phases.map(hasEnded)).toEqual([false, false, false, false, false, true]);
    expect(phases.some(hasSucceeded)).toBe(false);
  });
});
