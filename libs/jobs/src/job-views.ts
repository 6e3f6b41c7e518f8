import {
  jobLinks,
  type DocumentView,
  type JobEvent,
  type JobEventView,
  type JobFinished,
  type JobTimings,
  type JobView,
  type RouteAttempt,
  type ResultView,
} from '@waybill/contracts';
import { plannedPageCount } from './event-log.js';
import { currentWait, endedPageCount, isKnown, readingCostOf, statusOf, type JobState } from './job-state.js';
import { countPages } from './page-set.js';
import type { DocumentTally } from './page-tally.js';

/** What a view shows beside the state. */
export interface ViewContext {
  readonly now: Date;
  /** Pages waiting or under way over all tenants, where somebody has asked. */
  readonly pagesAhead?: number;
}

/** A job as its owner sees it. The state must be known (`isKnown`). */
export function toJobView(state: JobState, { now, pagesAhead }: ViewContext): JobView {
  const createdAt = state.accepted?.at ?? state.finished?.at;
  if (createdAt === undefined || !isKnown(state))
    throw new Error(`Job ${state.jobId} is neither accepted nor finished.`);
  const status = statusOf(state, now);
  const wait = currentWait(state, now);
  const { accepted, planned, finished, pages } = state;
  return {
    id: state.jobId,
    tenant: state.tenant,
    status,
    ...(wait ? { waiting: { stage: wait.stage, reason: wait.reason, until: wait.until } } : {}),
    pages: {
      done: endedPageCount(state),
      failed: countPages(pages.failed),
      total: planned ? plannedPageCount(planned.documents) : null,
    },
    ...(status === 'queued' && pagesAhead !== undefined ? { queue: { pagesAhead } } : {}),
    ...(accepted ? { task: accepted.task } : {}),
    documents: documentsOf(state),
    problems: finished ? [...finished.problems] : problemsSoFar(state),
    attempts: pages.attempts,
    costUsd: finished?.costUsd ?? readingCostOf(state),
    timings: timingsOf(state),
    metadata: { ...accepted?.metadata },
    tags: [...(accepted?.tags ?? [])],
    createdAt,
    ...(accepted ? { deadline: accepted.deadline } : {}),
    ...(state.cancelRequestedAt ? { cancelRequestedAt: state.cancelRequestedAt } : {}),
    ...(finished ? { finishedAt: finished.at } : {}),
    links: jobLinks(state.jobId),
  };
}

/** What a finished job came to, for its owner. */
export function toResultView(finished: JobFinished): ResultView {
  return {
    version: 1,
    id: finished.jobId,
    tenant: finished.tenant,
    status: finished.status,
    ...(finished.result ? { task: finished.result.task } : {}),
    documents: finished.result?.documents ?? [],
    problems: finished.problems,
    costUsd: finished.costUsd,
    finishedAt: finished.at,
  };
}

/** An event for those who follow a job: nothing of how it is stored or where its callback points. */
export function toEventView(event: JobEvent): JobEventView {
  const { version: _version, tenant: _tenant, jobId: _jobId, ...rest } = event;
  switch (rest.type) {
    case 'job-accepted': {
      const { type, at, door, submission } = rest;
      const { task, documents, routing } = submission;
      return { type, at, door, task: task.kind, documents: documents.length, deadline: routing.deadline };
    }
    case 'job-planned': {
      const { sources: _sources, ...shown } = rest;
      return shown;
    }
    case 'page-read': {
      const { layout: _layout, image: _image, ...shown } = rest;
      return shown;
    }
    case 'attempt-made': {
      const { attemptId: _id, attempt, ...shown } = rest;
      return { ...shown, attempt: shownOfAttempt(attempt) };
    }
    case 'job-finished': {
      const { result: _result, ...shown } = rest;
      return shown;
    }
    default:
      return rest;
  }
}

function shownOfAttempt({ at, model, tier, form, simulated, outcome, reason, costUsd, durationMs }: RouteAttempt) {
  const told = { at, model, tier, form, outcome, costUsd, durationMs };
  return { ...told, ...(simulated ? { simulated } : {}), ...(reason === undefined ? {} : { reason }) };
}

function documentsOf({ accepted, planned, pages }: JobState): DocumentView[] {
  const count = Math.max(accepted?.documents.length ?? 0, planned?.documents.length ?? 0);
  return Array.from({ length: count }, (_, document) => {
    const plan = planned?.documents.find((candidate) => candidate.document === document);
    const known = { ...accepted?.documents[document], ...plan, document, pages: plan?.pages ?? null };
    return { ...known, ...judgementOf(pages.tallies?.[document]) };
  });
}

const judgementOf = (tally: DocumentTally | undefined): Pick<DocumentView, 'pageKinds' | 'hardestPage'> => ({
  ...(tally && Object.keys(tally.kinds).length > 0 ? { pageKinds: { ...tally.kinds } } : {}),
  ...(tally?.hardest === undefined ? {} : { hardestPage: tally.hardest }),
});

const problemsSoFar = ({ planned, pages }: JobState) => [
  ...(planned?.documents ?? []).flatMap((document) => document.failure ?? []),
  ...pages.failures,
];

/** The clocks of several machines are compared, so a span may come out below zero; it is shown as zero. */
function timingsOf({ accepted, planned, pages, finished }: JobState): JobTimings {
  const span = (name: keyof JobTimings, from: string | undefined, to: string | undefined) =>
    from === undefined || to === undefined ? {} : { [name]: Math.max(0, Date.parse(to) - Date.parse(from)) };
  return {
    ...span('planMs', accepted?.at, planned?.at),
    ...span('readMs', planned?.at, pages.lastAt),
    ...span('answerMs', pages.lastAt, finished?.at),
    ...span('totalMs', accepted?.at, finished?.at),
    steps: { read: { ...pages.times }, answer: { ...finished?.times } },
  };
}
