import type {
  Failure,
  FinalStatus,
  JobAccepted,
  JobEvent,
  JobFinished,
  JobId,
  JobKey,
  JobPlanned,
  JobStatus,
  PageEnded,
  RetentionWish,
  StageTimes,
  Task,
  Tenant,
} from '@waybill/contracts';
import type { RecordedEvent } from './event-log.js';
import { exactUsd } from './exact-usd.js';
import { addPage, countPages, emptyPageSet, hasPage, type PageSet } from './page-set.js';
import { tallyPage, type PageTallies } from './page-tally.js';

/** What of a submission is remembered with the job. */
export interface AcceptedFacts {
  readonly sequence: number;
  readonly at: string;
  readonly deadline: string;
  readonly task: Task;
  readonly documents: readonly { readonly name?: string; readonly mediaType?: string; readonly sizeBytes?: number }[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly callback?: { readonly url: string };
  /** What may be shown of the credential that it was submitted with. */
  readonly credential?: string;
}

export interface PlannedFacts {
  readonly sequence: number;
  readonly at: string;
  readonly documents: JobPlanned['documents'];
}

/** Everything known of the pages that have ended. Sums are over distinct pages: whole milliseconds, exact USD. */
export interface EndedPages {
  readonly read: PageSet;
  readonly failed: PageSet;
  readonly attempts: number;
  readonly times: StageTimes;
  /** What the pages read are; absent when none was looked at. */
  readonly tallies?: PageTallies;
  /** What reading them cost, in USD; absent when nothing. */
  readonly costUsd?: number;
  readonly lastAt?: string;
  /** The first `shownFailures` by document and page. */
  readonly failures: readonly Failure[];
}

export interface WaitFacts {
  readonly sequence: number;
  readonly stage: string;
  readonly reason: string;
  readonly until: string;
}

export interface FinishedFacts {
  readonly sequence: number;
  readonly at: string;
  readonly status: FinalStatus;
  readonly problems: readonly Failure[];
  readonly costUsd: number;
  readonly times: StageTimes;
}

/** A job as its events tell it (docs/job-life.md). Plain JSON: it is stored as it is. */
export interface JobState {
  readonly tenant: Tenant;
  readonly jobId: JobId;
  readonly accepted?: AcceptedFacts;
  readonly planned?: PlannedFacts;
  readonly pages: EndedPages;
  /** The latest wait, over or not. */
  readonly waiting?: WaitFacts;
  readonly cancelRequestedAt?: string;
  /** How long the submission wishes its parts to be kept. */
  readonly retention?: RetentionWish;
  readonly finished?: FinishedFacts;
  /** The latest event that is not a wait: a wait before it is over. */
  readonly lastStep: number;
}

const shownFailures = 20;
const noPages: EndedPages = Object.freeze({
  read: emptyPageSet,
  failed: emptyPageSet,
  attempts: 0,
  times: {},
  failures: [],
});

/**
 * The state after one more event. Order and repetition of events make no difference to where it ends.
 * @param state undefined before the first event; otherwise of the same job as the event
 */
export function foldJob(state: JobState | undefined, { sequence, event }: RecordedEvent): JobState {
  const before = state ?? { tenant: event.tenant, jobId: event.jobId, pages: noPages, lastStep: 0 };
  if (event.type === 'job-waiting') return withWait(before, { ...waitOf(event), sequence });
  const after = { ...before, lastStep: Math.max(before.lastStep, sequence) };
  switch (event.type) {
    case 'job-accepted':
      return {
        ...after,
        accepted: earlier(before.accepted, { ...factsOf(event), sequence }),
        ...defined({ retention: event.submission.retention ?? before.retention }),
      };
    case 'job-planned':
      return { ...after, planned: earlier(before.planned, { sequence, at: event.at, documents: event.documents }) };
    case 'page-read':
    case 'page-failed':
      return { ...after, pages: withPage(before.pages, event) };
    case 'attempt-made':
      return after;
    case 'job-cancel-requested':
      return { ...after, cancelRequestedAt: least(before.cancelRequestedAt, event.at) };
    case 'job-finished':
      return { ...after, finished: earlier(before.finished, { ...endOf(event), sequence }) };
  }
}

/** The state that a job's events fold to; undefined for no events. */
export const foldHistory = (events: readonly RecordedEvent[]): JobState | undefined =>
  events.reduce<JobState | undefined>(foldJob, undefined);

/** Known well enough to be shown: accepted, or refused with its id. */
export const isKnown = (state: JobState): boolean => state.accepted !== undefined || state.finished !== undefined;

export function statusOf(state: JobState, now: Date): JobStatus {
  if (state.finished) return state.finished.status;
  if (currentWait(state, now)) return 'waiting';
  return endedPageCount(state) > 0 ? 'processing' : 'queued';
}

/** The wait that the job is in, or undefined. */
export function currentWait(state: JobState, now: Date): WaitFacts | undefined {
  const { waiting } = state;
  if (!waiting || state.finished || waiting.sequence < state.lastStep) return undefined;
  return Date.parse(waiting.until) > now.getTime() ? waiting : undefined;
}

export const endedPageCount = (state: JobState): number =>
  countPages(state.pages.read) + countPages(state.pages.failed);

/** What reading the job's pages has cost so far, in USD. */
export const readingCostOf = (state: JobState | undefined): number => (state ? readingUsdOf(state.pages) : 0);

export const jobKeyOf = ({ tenant, jobId }: JobState | JobEvent): JobKey => ({ tenant, jobId });

function factsOf({ at, submission, credential }: JobAccepted): Omit<AcceptedFacts, 'sequence'> {
  const { task, routing, documents, metadata, tags, callback } = submission;
  const known = documents.map((document) => ({
    ...(document.name === undefined ? {} : { name: document.name }),
    ...('blob' in document ? { sizeBytes: document.blob.sizeBytes } : {}),
    ...('blob' in document && document.blob.mediaType ? { mediaType: document.blob.mediaType } : {}),
  }));
  return {
    at,
    deadline: routing.deadline,
    task,
    documents: known,
    ...defined({ metadata, tags, callback, credential }),
  };
}

const endOf = ({ at, status, problems, costUsd, times }: JobFinished): Omit<FinishedFacts, 'sequence'> => ({
  at,
  status,
  problems,
  costUsd,
  times,
});

const waitOf = ({ stage, reason, until }: Omit<WaitFacts, 'sequence'>) => ({ stage, reason, until });

const withWait = (state: JobState, wait: WaitFacts): JobState =>
  state.waiting && state.waiting.sequence >= wait.sequence ? state : { ...state, waiting: wait };

function withPage(pages: EndedPages, event: PageEnded): EndedPages {
  if (hasPage(pages.read, event) || hasPage(pages.failed, event)) return pages;
  const ended = {
    ...pages,
    attempts: pages.attempts + event.attempts,
    lastAt: greatest(pages.lastAt, event.at),
  };
  if (event.type === 'page-read') {
    const costUsd = exactUsd(readingUsdOf(pages) + (event.use?.costUsd ?? 0));
    const tallies = tallyPage(pages.tallies ?? {}, event);
    return {
      ...ended,
      read: addPage(pages.read, event),
      times: summed(pages.times, event.times),
      ...(Object.keys(tallies).length > 0 ? { tallies } : {}),
      ...(costUsd > 0 ? { costUsd } : {}),
    };
  }
  const failure = { ...event.failure, document: event.document, page: event.page };
  return { ...ended, failed: addPage(pages.failed, event), failures: firstFailures([...pages.failures, failure]) };
}

const readingUsdOf = ({ costUsd = 0 }: EndedPages): number => costUsd;

const firstFailures = (failures: readonly Failure[]): Failure[] =>
  failures
    .toSorted((a, b) => (a.document ?? 0) - (b.document ?? 0) || (a.page ?? 0) - (b.page ?? 0))
    .slice(0, shownFailures);

/** Whole numbers add up to the same sum in every order; fractions do not. */
function summed(sums: StageTimes, times: StageTimes): StageTimes {
  const result = { ...sums };
  for (const [step, ms] of Object.entries(times)) result[step] = (result[step] ?? 0) + Math.round(ms);
  return result;
}

const earlier = <Facts extends { readonly sequence: number }>(known: Facts | undefined, given: Facts): Facts =>
  known && known.sequence <= given.sequence ? known : given;

const moment = (at: string): string => new Date(at).toISOString();
const least = (known: string | undefined, at: string): string =>
  known !== undefined && known <= moment(at) ? known : moment(at);
const greatest = (known: string | undefined, at: string): string =>
  known !== undefined && known >= moment(at) ? known : moment(at);

/** Without the entries that are undefined, as JSON would have it. */
const defined = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
