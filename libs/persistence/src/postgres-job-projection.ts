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
import { toJobRow, toJobState, type JobRow, type StoredState } from './job-row.js';
import { postgresJson } from './postgres-json.js';
import * as statements from './projection-statements.js';

/** `rebuild` forgets what is known of every job whose beginning is in the batch. */
export type RecordMode = 'append' | 'rebuild';

interface Batch {
  readonly events: readonly RecordedEvent[];
  readonly mode: RecordMode;
}

const maxAttempts = 10;
const overtakenTooOften = 'Other replicas are recording the same jobs; trying again.';

/** Records events in Postgres: a batch is one transaction of at most eight statements. */
export class PostgresJobProjection implements JobProjection {
  constructor(private readonly database: Database) {}

  async record(events: readonly RecordedEvent[], mode: RecordMode = 'append'): Promise<RecordReport> {
    if (events.length === 0) return { toNotify: [], refused: [] };
    try {
      const states = await this.recordTogether({ events, mode });
      return { toNotify: jobsToNotify(states, events), refused: [] };
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (events.length > 1) return await this.recordOneByOne(events, mode);
      return { toNotify: [], refused: events.map((recorded) => ({ recorded, reason: sentenceOf(error) })) };
    }
  }

  /** Tries again when another replica stores the same new jobs at the same moment; then they are there to be locked. */
  private async recordTogether(batch: Batch): Promise<JobState[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction((manager) => recordBatch(manager, batch));
      } catch (error) {
        if (!(error instanceof OvertakenError)) throw error;
        if (attempt === maxAttempts) throw new StageError('unavailable', overtakenTooOften, { retryable: true });
      }
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
  const states = await lockedStates(manager, keysOf(events.map(({ event }) => event)));
  const stored = new Set(states.keys());
  if (mode === 'rebuild') await forget(manager, states, events);
  const before = new Map(states);
  for (const recorded of events) {
    const key = keyOf(recorded.event);
    states.set(key, foldJob(states.get(key), recorded));
  }
  const folded = [...states.values()];
  await insertJobs(manager, folded.filter((state) => !stored.has(keyOf(state))).map(toJobRow));
  const changed = folded.filter((state) => stored.has(keyOf(state)));
  await write(
    manager,
    statements.writeRows,
    changed.map((state) => changedRow(state, before.get(keyOf(state)))),
  );
  await write(manager, statements.writePages, events.map(({ event }) => event).filter(isPageEnded));
  const ends = events.map(({ event }) => event).filter((event) => event.type === 'job-finished');
  await write(manager, statements.writeResults, ends);
  await write(manager, statements.writeLedger, ends.flatMap(ledgerEntries));
  return folded;
}

/** Null for facts that are stored already: they are kept. */
const changedRow = (state: JobState, before: JobState | undefined) => ({
  ...toJobRow(state),
  accepted: state.accepted === before?.accepted ? null : state.accepted,
  planned: state.planned === before?.planned ? null : state.planned,
});

/** Another replica has stored a job of the batch in the meantime: what was folded here is not the whole of it. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

async function insertJobs(manager: EntityManager, rows: readonly JobRow[]): Promise<void> {
  if (rows.length === 0) return;
  const inserted = await manager.query<unknown[]>(statements.insertRows, [postgresJson(rows)]);
  if (inserted.length < rows.length) throw new OvertakenError();
}

type Keys = [tenants: string[], jobIds: string[]];

const keyOf = ({ tenant, jobId }: { tenant: string; jobId: string }): string => `${tenant}/${jobId}`;

function keysOf(jobs: readonly { tenant: string; jobId: string }[]): Keys {
  const distinct = [...new Map(jobs.map((job) => [keyOf(job), job])).values()];
  return [distinct.map((job) => job.tenant), distinct.map((job) => job.jobId)];
}

async function lockedStates(manager: EntityManager, keys: Keys): Promise<Map<string, JobState>> {
  const rows = await manager.query<StoredState[]>(statements.lockRows, keys);
  return new Map(rows.map((row) => [keyOf(row), toJobState(row)]));
}

/** A job whose first event is in the batch is told anew from there on. */
async function forget(
  manager: EntityManager,
  states: Map<string, JobState>,
  events: readonly RecordedEvent[],
): Promise<void> {
  const begun = events.map(({ event }) => event).filter((event) => event.type === 'job-accepted');
  if (begun.length === 0) return;
  const keys = keysOf(begun);
  for (const statement of statements.forgetJobs) await manager.query(statement, keys);
  for (const event of begun) states.delete(keyOf(event));
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
