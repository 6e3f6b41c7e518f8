import { describe, expect, it } from '@jest/globals';
import { jobEventSchema, jobEventViewSchema, jobViewSchema, type JobEvent } from '@waybill/contracts';
import fc from 'fast-check';
import type { RecordedEvent } from './event-log.js';
import { foldHistory, foldJob, readingCostOf, statusOf, type JobState } from './job-state.js';
import { toEventView, toJobView } from './job-views.js';

const start = Date.parse('2026-03-01T10:00:00.000Z');
const at = (ms: number): string => new Date(start + ms).toISOString();
const now = new Date(start + 1_000_000);

/** Events of one job with ascending sequences. */
function story(...parts: Record<string, unknown>[]): RecordedEvent[] {
  return parts.map((part, index) => ({
    sequence: 10 + index,
    event: jobEventSchema.parse({ version: 1, tenant: 'acme', jobId: 'job-1', at: at(index * 1_000), ...part }),
  }));
}
const accepted = {
  type: 'job-accepted',
  door: 'rest',
  fingerprint: 'f',
  submission: {
    id: 'job-1',
    tenant: 'acme',
    task: { kind: 'read' },
    routing: { deadline: at(3_600_000) },
    callback: { url: 'https://example.org/hook?secret=1' },
    tags: ['march'],
    documents: [{ blob: { bucket: 'b', key: 'k', sizeBytes: 9, sha256: 'a'.repeat(64) }, name: 'a.pdf' }],
  },
};
const planned = (pages: number) => ({
  type: 'job-planned',
  documents: [{ document: 0, mediaType: 'application/pdf', sizeBytes: 9, pages }],
});
/** Every third page was not looked at. */
const judged = (page: number) => {
  const kind = page % 3 === 1 ? 'table' : 'text';
  const classification = { kind, confidence: 1, class: 'dense', kinds: [], stage: 'read', version: 1 };
  return page % 3 === 0 ? {} : { classification, difficulty: { score: page / 4_000, reasons: [], version: 1 } };
};
const read = (page: number, times = { ocr: 10.4 }) => ({
  type: 'page-read',
  document: 0,
  page,
  attempts: 2,
  times,
  layout: { bucket: 'b', key: `l${page}`, sizeBytes: 1, sha256: 'b'.repeat(64) },
  summary: {
    width: 1,
    height: 1,
    unit: 'px',
    dpi: null,
    rotation: 0,
    source: 'ocr',
    engine: 'e',
    words: 1,
    confidence: 1,
    ...judged(page),
  },
});
const failed = (page: number) => ({
  type: 'page-failed',
  document: 0,
  page,
  attempts: 3,
  failure: { code: 'unreadable-page', message: `Page ${page} is torn.` },
});
/** Two pages in three were read for money, at prices that binary fractions cannot hold. */
const paid = (page: number) =>
  page % 3 === 0 ? {} : { use: { model: 'a/b', tier: 1, costUsd: page / 10_000, durationMs: 1 } };
const waiting = (untilMs: number) => ({
  type: 'job-waiting',
  stage: 'reasoning-free',
  reason: 'Busy.',
  until: at(untilMs),
});
const finished = { type: 'job-finished', status: 'partial', problems: [], costUsd: 0.01, times: { answer: 3 } };
const cancelRequested = { type: 'job-cancel-requested' };

const endings = fc.uniqueArray(fc.record({ page: fc.integer({ min: 1, max: 60 }), ok: fc.boolean() }), {
  selector: ({ page }) => page,
  maxLength: 60,
});
const middle = fc.array(fc.constantFrom(waiting(500_000), waiting(2_000_000)), { maxLength: 4 });
const histories = fc
  .record({
    endings,
    middle,
    cancel: fc.boolean(),
    end: fc.boolean(),
    ms: fc.double({ min: 0, max: 1e5, noNaN: true }),
  })
  .map(({ endings: pages, middle: waits, cancel, end, ms }) =>
    story(
      accepted,
      planned(60),
      ...pages.map(({ page, ok }) => (ok ? { ...read(page, { ocr: ms * page }), ...paid(page) } : failed(page))),
      ...waits,
      ...(cancel ? [cancelRequested] : []),
      ...(end ? [finished] : []),
    ),
  );

describe('foldJob', () => {
  it('ends in the same state whatever the order and the repetitions', () => {
    fc.assert(
      fc.property(
        histories.chain((history) =>
          fc.tuple(
            fc.constant(history),
            fc.shuffledSubarray(history, { minLength: history.length }),
            fc.array(fc.constantFrom(...history), { maxLength: 10 }),
          ),
        ),
        ([history, shuffled, repeated]) => {
          expect(foldHistory([...repeated, ...shuffled, ...repeated])).toEqual(foldHistory(history));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('adds up what reading cost, exactly, and shows it until the end says what all cost', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const state = foldHistory(history)!;
        const tenThousandths = history.reduce(
          (sum, { event }) => sum + (event.type === 'page-read' && event.page % 3 !== 0 ? event.page : 0),
          0,
        );
        expect(readingCostOf(state)).toBe(tenThousandths / 10_000);
        expect(toJobView(state, { now: new Date(at(0)) }).costUsd).toBe(
          state.finished ? finished.costUsd : tenThousandths / 10_000,
        );
      }),
    );
  });

  it('survives being stored as JSON between any two events', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const stored = history.reduce<JobState | undefined>(
          (state, recorded) => JSON.parse(JSON.stringify(foldJob(state, recorded))) as JobState,
          undefined,
        );
        expect(stored).toEqual(foldHistory(history));
      }),
    );
  });

  it('shows a view by the contract at every moment after acceptance', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let state: JobState | undefined;
        for (const recorded of history) {
          state = foldJob(state, recorded);
          const view = toJobView(state, { now, pagesAhead: 3 });
          expect(jobViewSchema.parse(view)).toEqual(view);
          expect(view.pages.done).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 30 },
    );
  });

  const statusAfter = (...parts: Record<string, unknown>[]) => statusOf(foldHistory(story(...parts)) as JobState, now);

  it('follows the states of docs/job-life.md', () => {
    expect(statusAfter(accepted)).toBe('queued');
    expect(statusAfter(accepted, planned(2))).toBe('queued');
    expect(statusAfter(accepted, planned(2), failed(1))).toBe('processing');
    expect(statusAfter(accepted, planned(2), read(1), waiting(2_000_000))).toBe('waiting');
    expect(statusAfter(accepted, planned(2), read(1), waiting(500_000))).toBe('processing');
    expect(statusAfter(accepted, planned(2), waiting(2_000_000), read(1))).toBe('processing');
    expect(statusAfter(accepted, planned(2), finished, read(1), waiting(2_000_000))).toBe('partial');
    expect(statusAfter({ ...finished, status: 'failed' })).toBe('failed');
  });

  it('counts pages, attempts and whole milliseconds over distinct pages', () => {
    const history = story(accepted, planned(3), read(2), read(1), failed(3), finished);
    const view = toJobView(foldHistory([...history, ...history]) as JobState, { now });
    expect(view.pages).toEqual({ done: 3, failed: 1, total: 3 });
    expect(view.attempts).toBe(7);
    expect(view.timings).toEqual({
      planMs: 1_000,
      readMs: 3_000,
      answerMs: 1_000,
      totalMs: 5_000,
      steps: { read: { ocr: 20 }, answer: { answer: 3 } },
    });
  });

  it('shows what the pages read are, and how hard the hardest, for each document', () => {
    const elsewhere = { ...read(2), document: 1 };
    const history = story(accepted, planned(9), read(1), read(4), read(5), read(3), failed(7), elsewhere);
    const view = toJobView(foldHistory([...history, ...history]) as JobState, { now });
    expect(view.documents[0]).toMatchObject({ pageKinds: { table: 2, text: 1 }, hardestPage: 5 / 4_000 });
    const unread = toJobView(foldHistory(story(accepted, planned(9), read(3))) as JobState, { now });
    expect(unread.documents[0]).not.toHaveProperty('pageKinds');
    expect(unread.documents[0]).not.toHaveProperty('hardestPage');
  });

  it('keeps the state of a long job small', () => {
    const pages = Array.from({ length: 2_000 }, (_, index) => read(((index * 7) % 2_000) + 1));
    const state = foldHistory(story(accepted, planned(2_000), ...pages)) as JobState;
    expect(state.pages.read).toEqual({ 0: [[1, 2_000]] });
    expect(JSON.stringify(state).length).toBeLessThan(1_500);
  });

  it('shows the first twenty failures until the end brings its own list', () => {
    const failures = Array.from({ length: 30 }, (_, index) => failed(30 - index));
    const before = toJobView(foldHistory(story(accepted, ...failures)) as JobState, { now });
    expect(before.problems.map((problem) => problem.page)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const after = toJobView(foldHistory(story(accepted, ...failures, finished)) as JobState, { now });
    expect(after.problems).toEqual([]);
  });
});

describe('toEventView', () => {
  it('leaks neither callback nor storage', () => {
    const events = story(accepted, planned(1), read(1), failed(2), waiting(1), cancelRequested, finished);
    const views = events.map(({ event }: { event: JobEvent }) => toEventView(event));
    for (const view of views) expect(jobEventViewSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(views)).not.toMatch(/secret|bucket|fingerprint|sha256/);
  });
});
