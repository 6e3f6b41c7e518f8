import {
  foldJob,
  StageError,
  type JobProjection,
  type JobState,
  type RecordedEvent,
  type RecordReport,
} from '@waybill/jobs';
import { plainSealer, type Sealer } from '@waybill/sealing';
import { isDataError } from './database-error.js';
import type { Database, Execute } from './database.js';
import { toJobState, type StoredState } from './job-row.js';
import { KnownJobs, type KnownJob } from './known-jobs.js';
import * as statements from './projection-statements.js';
import { eventsByJob, keyOf, keysOf, recordingOf, recordsOf, type EventsByJob } from './recorded-batch.js';
import { SealedRows } from './sealed-rows.js';

/** `rebuild` forgets what is known of every job whose beginning is in the batch. */
export type RecordMode = 'append' | 'rebuild';

type Events = readonly RecordedEvent[];
type StoredKey = Pick<StoredState, 'tenant' | 'jobId'>;
/** Forgets what is stored of some jobs and says which. */
type ForgetFacts = (execute: Execute) => Promise<EventsByJob>;

const keepFacts: ForgetFacts = () => Promise.resolve(new Map());

const maxAttempts = 10;
const overtakenTooOften = 'Other replicas are recording the same jobs; trying again.';

/** Records events in Postgres: a batch is one round trip when this process knows its jobs as they are stored. */
export class PostgresJobProjection implements JobProjection {
  private readonly known = new KnownJobs();

  private readonly rows: SealedRows;

  /** @param sealer encrypts the content of rows; it is stored as it is when absent */
  constructor(
    private readonly database: Database,
    sealer: Sealer = plainSealer,
  ) {
    this.rows = new SealedRows(sealer);
  }

  async record(events: Events, mode: RecordMode = 'append'): Promise<RecordReport> {
    if (events.length === 0) return { ended: [], refused: [] };
    try {
      const jobs = mode === 'append' ? await this.append(events) : await this.tellAnew(events);
      return { ended: endedJobs(jobs, events), refused: [] };
    } catch (error) {
      this.forget(eventsByJob(events));
      if (!isDataError(error)) throw error;
      if (events.length > 1) return await this.recordOneByOne(events, mode);
      return { ended: [], refused: events.map((recorded) => ({ recorded, reason: sentenceOf(error) })) };
    }
  }

  /** In one round trip; once more under locks for the jobs that somebody else has written meanwhile. */
  private async append(events: Events): Promise<JobState[]> {
    const jobs = eventsByJob(events);
    const { execute } = this.database;
    const written = await this.foldAndWrite(jobs, execute, await this.load(jobs));
    for (const [key, job] of written) this.known.keep(key, job);
    const left = new Map([...jobs].filter(([key]) => !written.has(key)));
    if (left.size === 0) return statesOf(written);
    this.forget(left);
    return [...statesOf(written), ...(await this.recordLocked(left, keepFacts))];
  }

  /** A job whose first event is in the batch is told anew from there on. */
  private async tellAnew(events: Events): Promise<JobState[]> {
    const jobs = eventsByJob(events);
    const begun = eventsByJob(events.filter(beginsJob));
    this.forget(jobs);
    return await this.recordLocked(jobs, async (execute) => {
      for (const statement of statements.forgetJobs) await execute(statement, keysOf(begun));
      return begun;
    });
  }

  /** In one transaction that others wait for. Only rows that it did not find can still be written by others. */
  private async recordLocked(jobs: EventsByJob, forgetFacts: ForgetFacts): Promise<JobState[]> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const written = await this.database.transaction(async (execute) => {
        await execute(statements.lockRows, keysOf(jobs));
        const forgotten = await forgetFacts(execute);
        const rows = await this.readRows(execute, jobs);
        for (const key of forgotten.keys()) rows.set(key, { revision: rows.get(key)?.revision ?? 0, state: undefined });
        return await this.foldAndWrite(jobs, execute, rows);
      });
      if (written.size === jobs.size) return statesOf(written);
    }
    throw new StageError('unavailable', overtakenTooOften, { retryable: true });
  }

  /** From memory; what is not there from the database. A job that begins is taken for new until that proves wrong. */
  private async load(jobs: EventsByJob): Promise<ReadonlyMap<string, KnownJob>> {
    const known = new Map<string, KnownJob>();
    const unknown = new Map<string, Events>();
    for (const [key, events] of jobs) {
      const job = this.known.get(key);
      if (job) known.set(key, job);
      else unknown.set(key, events);
    }
    if ([...unknown.values()].every((events) => events.some(beginsJob))) return known;
    return new Map([...known, ...(await this.readRows(this.database.execute, unknown))]);
  }

  /** @returns the jobs that were written, as they are stored now; the others were written by somebody else meanwhile. */
  private async foldAndWrite(
    jobs: EventsByJob,
    execute: Execute,
    before: ReadonlyMap<string, KnownJob>,
  ): Promise<Map<string, KnownJob>> {
    const after = folded(jobs, before);
    const { statement, parameters } = await recordingOf(recordsOf(jobs, before, after), this.rows);
    const rows = await execute<StoredKey>(statement, parameters);
    const written = new Set(rows.map(keyOf));
    return new Map([...after].filter(([key]) => written.has(key)));
  }

  private async readRows(execute: Execute, jobs: EventsByJob): Promise<Map<string, KnownJob>> {
    const stored = await execute<StoredState>(statements.readRows, keysOf(jobs));
    const rows = await Promise.all(stored.map((row) => this.rows.openJob(row)));
    return new Map(rows.map((row) => [keyOf(row), { revision: row.revision, state: toJobState(row) }]));
  }

  private forget(jobs: EventsByJob): void {
    for (const key of jobs.keys()) this.known.forget(key);
  }

  /** One value that Postgres refuses must not keep the others of its batch out. */
  private async recordOneByOne(events: Events, mode: RecordMode): Promise<RecordReport> {
    const reports: RecordReport[] = [];
    for (const event of events) reports.push(await this.record([event], mode));
    return {
      ended: reports.flatMap((report) => report.ended),
      refused: reports.flatMap((report) => report.refused),
    };
  }
}

function folded(jobs: EventsByJob, before: ReadonlyMap<string, KnownJob>): Map<string, KnownJob> {
  const after = new Map<string, KnownJob>();
  for (const [key, events] of jobs) {
    const known = before.get(key);
    const state = events.reduce<JobState | undefined>(foldJob, known?.state);
    after.set(key, { revision: (known?.revision ?? 0) + 1, state });
  }
  return after;
}

const beginsJob = ({ event }: RecordedEvent): boolean => event.type === 'job-accepted';

const statesOf = (jobs: ReadonlyMap<string, KnownJob>): JobState[] =>
  [...jobs.values()].flatMap(({ state }) => (state ? [state] : []));

/** Jobs that are final now and whose end or beginning is in the batch. */
function endedJobs(states: readonly JobState[], events: Events): JobState[] {
  const touched = new Set(
    events
      .filter(({ event }) => event.type === 'job-finished' || event.type === 'job-accepted')
      .map(({ event }) => keyOf(event)),
  );
  return states.filter((state) => state.finished && touched.has(keyOf(state)));
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
