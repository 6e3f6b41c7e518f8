import type { AttemptMade, JobEvent, JobEventType, JobKey, JobPlanned, PageEnded } from '@waybill/contracts';

/** An event as the stream keeps it. `sequence` orders all events of all jobs. */
export interface RecordedEvent {
  readonly sequence: number;
  readonly event: JobEvent;
}

/** Port: the durable life of every job. Its adapter is the EVENTS stream. */
export interface EventLog {
  /**
   * Appends an event, durable when the promise resolves. Acceptance, plan, page endings, attempts, cancel
   * request and final state are unique for their job (or page, or attempt): `exists` means that one is there already and nothing was written.
   */
  append(event: JobEvent): Promise<'appended' | 'exists'>;
  /** The newest event of one type of a job, or undefined. */
  find<Type extends Exclude<JobEventType, 'page-read' | 'page-failed' | 'attempt-made'>>(
    job: JobKey,
    type: Type,
  ): Promise<Extract<JobEvent, { type: Type }> | undefined>;
  /** How one page ended, or undefined while it has not. */
  findPageEnding(job: JobKey, document: number, page: number): Promise<PageEnded | undefined>;
  /** How many pages of the job have ended, each counted once. */
  countPageEndings(job: JobKey): Promise<number>;
  /** Every page ending of the job, ordered by document and page. */
  pageEndings(job: JobKey): Promise<PageEnded[]>;
  /** Every attempt to have a document of the job answered, oldest first. */
  attempts(job: JobKey): Promise<AttemptMade[]>;
  /** The whole life of a job so far, oldest first; empty when unknown. */
  history(job: JobKey): Promise<RecordedEvent[]>;
  /** Events of a job after `afterSequence` (0 = from the start), then live ones, until the signal aborts. */
  follow(job: JobKey, afterSequence: number, signal: AbortSignal): AsyncIterable<RecordedEvent>;
}

/** Pages that the plan promises. */
export const plannedPageCount = (documents: JobPlanned['documents']): number =>
  documents.reduce((sum, document) => sum + document.pages, 0);
