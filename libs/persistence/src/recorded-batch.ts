import type { JobEvent, JobFinished, PageEnded } from '@waybill/contracts';
import type { JobState, RecordedEvent } from '@waybill/jobs';
import { bookedUses } from './booked-uses.js';
import { toJobRow, type JobRow } from './job-row.js';
import type { KnownJob } from './known-jobs.js';
import { postgresJson } from './postgres-json.js';
import type { PreparedStatement } from './database.js';
import { recordBatch, type BatchPart } from './projection-statements.js';
import type { SealedRows } from './sealed-rows.js';

/** A batch's events by the key of their job, each job's in the order they came. */
export type EventsByJob = ReadonlyMap<string, readonly RecordedEvent[]>;

interface JobOwned {
  readonly tenant: string;
  readonly jobId: string;
}

export const keyOf = ({ tenant, jobId }: JobOwned): string => `${tenant}/${jobId}`;

export function eventsByJob(events: readonly RecordedEvent[]): EventsByJob {
  const jobs = new Map<string, RecordedEvent[]>();
  for (const recorded of events) {
    const key = keyOf(recorded.event);
    const ofJob = jobs.get(key);
    if (ofJob) ofJob.push(recorded);
    else jobs.set(key, [recorded]);
  }
  return jobs;
}

/** The parameters of statements that look jobs up: two arrays side by side. */
export function keysOf(jobs: EventsByJob): [tenants: string[], jobIds: string[]] {
  const owners = [...jobs.values()].flatMap(([first]) => (first ? [first.event] : []));
  return [owners.map(({ tenant }) => tenant), owners.map(({ jobId }) => jobId)];
}

export interface Records {
  readonly rows: readonly JobRow[];
  readonly pages: readonly PageEnded[];
  readonly ends: readonly JobFinished[];
  readonly uses: readonly unknown[];
}

/** The statement that records them, and its parameters with their content encrypted. */
export async function recordingOf(
  { rows, pages, ends, uses }: Records,
  sealed: SealedRows,
): Promise<{ readonly statement: PreparedStatement; readonly parameters: string[] }> {
  const parts: readonly (readonly [BatchPart, readonly unknown[]])[] = [
    ['pages', await Promise.all(pages.map((page) => sealed.sealPage(page)))],
    ['ends', await Promise.all(ends.map((end) => sealed.sealResult(end)))],
    ['uses', uses],
  ];
  const held = parts.filter(([, entries]) => entries.length > 0);
  const written = [await Promise.all(rows.map((row) => sealed.sealJob(row))), ...held.map(([, entries]) => entries)];
  return { statement: recordBatch(held.map(([part]) => part)), parameters: written.map(postgresJson) };
}

/** What `recordBatch` is to write: rows, page endings, final events, uses to book. */
export function recordsOf(
  jobs: EventsByJob,
  before: ReadonlyMap<string, KnownJob>,
  after: ReadonlyMap<string, KnownJob>,
): Records {
  const rows = [...after].flatMap(([key, { revision, state }]) =>
    state ? [changedRow(state, revision, before.get(key)?.state)] : [],
  );
  const events = [...jobs.values()].flat().map(({ event }) => event);
  const ends = events.filter((event) => event.type === 'job-finished');
  return { rows, pages: events.filter(isPageEnded), ends, uses: bookedUses(events, after) };
}

/** Null for facts that are stored already: they are kept. */
function changedRow(state: JobState, revision: number, before: JobState | undefined): JobRow {
  return {
    ...toJobRow(state, revision),
    accepted: state.accepted === before?.accepted ? null : (state.accepted ?? null),
    planned: state.planned === before?.planned ? null : (state.planned ?? null),
  };
}

const isPageEnded = (event: JobEvent): event is PageEnded => event.type === 'page-read' || event.type === 'page-failed';
