import type { JobEvent, JobFinished, PageEnded } from '@waybill/contracts';
import {
  foldJob,
  StageError,
  type JobProjection,
  type JobState,
  type RecordedEvent,
  type RecordReport,
} from '@waybill/jobs';
import type { EntityManager } from 'typeorm';
import { isDataError } from './database-error.js';
import type { Database } from './database.js';
import type { JobEntity } from './entities/job.entity.js';
import { toJobRow, toJobState } from './job-row.js';
import { postgresJson } from './postgres-json.js';
import * as statements from './projection-statements.js';

/** `rebuild` forgets what is known of every job whose beginning is in the batch. */
export type RecordMode = 'append' | 'rebuild';

interface Batch {
  readonly events: readonly RecordedEvent[];
  readonly mode: RecordMode;
}

/** Records events in Postgres: a batch is one transaction of at most eight statements. */
export class PostgresJobProjection implements JobProjection {
  constructor(private readonly database: Database) {}

  async record(events: readonly RecordedEvent[], mode: RecordMode = 'append'): Promise<RecordReport> {
    if (events.length === 0) return { toNotify: [], refused: [] };
    try {
      const states = await this.database.transaction((manager) => recordBatch(manager, { events, mode }));
      return { toNotify: jobsToNotify(states, events), refused: [] };
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (events.length > 1) return await this.recordOneByOne(events, mode);
      return { toNotify: [], refused: events.map((recorded) => ({ recorded, reason: sentenceOf(error) })) };
    }
  }

  /** One value that Postgres refuses must not keep the others of its batch out. */
  private async recordOneByOne(events: readonly RecordedEvent[], mode: RecordMode): Promise<RecordReport> {
    const reports: RecordReport[] = [];
    for (const event of events) reports.push(await this.record([event], mode));
    return {
      toNotify: reports.flatMap((report) => report.toNotify),
      refused: reports.flatMap((report) => report.refused),
    };
  }
}

/** @returns the states of all jobs of the batch, as they are now. */
async function recordBatch(manager: EntityManager, { events, mode }: Batch): Promise<JobState[]> {
  const keys = keysOf(events.map(({ event }) => event));
  await manager.query(statements.makeRows, keys);
  const states = await lockedStates(manager, keys);
  if (mode === 'rebuild') await forget(manager, states, events);
  const facts = (state: JobState | undefined) => ({ accepted: state?.accepted, planned: state?.planned });
  const before = new Map([...states].map(([key, state]) => [key, facts(state)]));
  for (const recorded of events) {
    const key = keyOf(recorded.event);
    states.set(key, foldJob(states.get(key), recorded));
  }
  const folded = [...states.values()].filter((state) => state !== undefined);
  const rows = folded.map((state) => {
    const known = before.get(keyOf(state));
    const row = toJobRow(state);
    return {
      ...row,
      accepted: known?.accepted === state.accepted ? null : row.accepted,
      planned: known?.planned === state.planned ? null : row.planned,
    };
  });
  await manager.query(statements.writeRows, [postgresJson(rows)]);
  await write(manager, statements.writePages, events.map(({ event }) => event).filter(isPageEnded));
  const ends = events.map(({ event }) => event).filter((event) => event.type === 'job-finished');
  await write(manager, statements.writeResults, ends);
  await write(manager, statements.writeLedger, ends.flatMap(ledgerEntries));
  return folded;
}

type Keys = [tenants: string[], jobIds: string[]];

const keyOf = ({ tenant, jobId }: { tenant: string; jobId: string }): string => `${tenant}/${jobId}`;

function keysOf(jobs: readonly { tenant: string; jobId: string }[]): Keys {
  const distinct = [...new Map(jobs.map((job) => [keyOf(job), job])).values()];
  return [distinct.map((job) => job.tenant), distinct.map((job) => job.jobId)];
}

async function lockedStates(manager: EntityManager, keys: Keys): Promise<Map<string, JobState | undefined>> {
  const rows = await manager.query<Pick<JobEntity, 'tenant' | 'jobId' | 'accepted' | 'planned' | 'progress'>[]>(
    statements.lockRows,
    keys,
  );
  if (rows.length !== keys[0].length) {
    throw new StageError('unavailable', 'Rows of jobs were deleted while they were being recorded; trying again.', {
      retryable: true,
    });
  }
  return new Map(rows.map((row) => [keyOf(row), toJobState(row)]));
}

/** A job whose first event is in the batch is told anew from there on. */
async function forget(
  manager: EntityManager,
  states: Map<string, JobState | undefined>,
  events: readonly RecordedEvent[],
): Promise<void> {
  const begun = events.map(({ event }) => event).filter((event) => event.type === 'job-accepted');
  if (begun.length === 0) return;
  const keys = keysOf(begun);
  for (const statement of statements.forgetJobs) await manager.query(statement, keys);
  for (const event of begun) states.set(keyOf(event), undefined);
}

async function write(manager: EntityManager, statement: string, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await manager.query(statement, [postgresJson(rows)]);
}

const isPageEnded = (event: JobEvent): event is PageEnded => event.type === 'page-read' || event.type === 'page-failed';

const ledgerEntries = ({ tenant, jobId, at, result }: JobFinished) =>
  (result?.documents ?? []).flatMap(({ document, models }) =>
    models.map((use, position) => ({ tenant, jobId, document, position, at, ...use })),
  );

/** Jobs that are final now and whose end or beginning is in the batch. */
function jobsToNotify(states: readonly JobState[], events: readonly RecordedEvent[]): JobState[] {
  const touched = new Set(
    events
      .filter(({ event }) => event.type === 'job-finished' || event.type === 'job-accepted')
      .map(({ event }) => keyOf(event)),
  );
  return states.filter((state) => state.finished && state.accepted?.callback && touched.has(keyOf(state)));
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
