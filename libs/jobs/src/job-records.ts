import type {
  JobActivity,
  JobFinished,
  JobId,
  JobKey,
  JobStatus,
  PageEnded,
  PageKey,
  TaskKind,
  Tenant,
} from '@waybill/contracts';
import type { RecordedEvent } from './event-log.js';
import type { JobState } from './job-state.js';

/** What became of a batch of events. */
export interface RecordReport {
  /** Jobs that are final and whose end or beginning is in this batch; named again when the event comes again. */
  readonly ended: readonly JobState[];
  /** Events that the store will never take, each with the reason. All others of the batch are recorded. */
  readonly refused: readonly { readonly recorded: RecordedEvent; readonly reason: string }[];
}

/** Port: the writing side of the projection. Failures are `StageError`s: `unavailable` (retryable). */
export interface JobProjection {
  /** Records events in one transaction, in any order, as often as they come, by any number of replicas at once. */
  record(events: readonly RecordedEvent[]): Promise<RecordReport>;
}

export interface JobListing {
  readonly tenant: Tenant;
  readonly statuses?: readonly JobStatus[];
  readonly tag?: string;
  readonly task?: TaskKind;
  /** Created at or after `since` and before `until`. */
  readonly since?: Date;
  readonly until?: Date;
  /** Only jobs that stand after this place. */
  readonly after?: JobPosition;
  readonly limit: number;
}

/** A place in a listing, newest first. */
export interface JobPosition {
  readonly createdAt: Date;
  readonly jobId: JobId;
}

/** Port: the reading side of the projection. Failures are `StageError`s: `unavailable` (retryable). */
export interface JobArchive {
  /** The job as far as it is recorded, or undefined. May lag behind the event log. */
  find(job: JobKey): Promise<JobState | undefined>;
  /** Newest first; `next` is the place to continue after, or null at the end. */
  list(listing: JobListing): Promise<{ readonly jobs: readonly JobState[]; readonly next: JobPosition | null }>;
  /** The recorded page endings, ordered by document and page. */
  pageEndings(job: JobKey): Promise<PageEnded[]>;
  /** How one page ended, as far as it is recorded. */
  pageEnding(job: JobKey, page: PageKey): Promise<PageEnded | undefined>;
  finalEvent(job: JobKey): Promise<JobFinished | undefined>;
  /** Jobs without a final state whose deadline is before `moment`, the most overdue first. */
  overdue(moment: Date, limit: number): Promise<JobState[]>;
}

/** One attempt to tell a callback. */
export interface WebhookAttempt {
  readonly deliveryId: string;
  readonly job: JobKey;
  readonly attempt: number;
  readonly url: string;
  readonly at: Date;
  readonly durationMs: number;
  /** The HTTP status, or null when there was no answer. */
  readonly status: number | null;
  readonly outcome: 'delivered' | 'gone' | 'failed';
  /** Why it failed, as a sentence. */
  readonly reason?: string;
}

/** Port: what was posted where. Failures are `StageError`s: `unavailable` (retryable). */
export interface WebhookLog {
  /** True when an attempt of this delivery has succeeded. */
  isDelivered(job: JobKey, deliveryId: string): Promise<boolean>;
  record(attempt: WebhookAttempt): Promise<void>;
  attempts(job: JobKey): Promise<WebhookAttempt[]>;
}

/** How much of a budget is used in its present window, spent and reserved over the cap; more than 1 when over it. */
export interface BudgetUse {
  readonly tenant: Tenant;
  readonly budget: string;
  readonly window: string;
  readonly usedRatio: number;
}

/** Port: numbers over all tenants, for operators. Failures are `StageError`s: `unavailable` (retryable). */
export interface OperatorNumbers {
  /** Jobs without a final state. */
  openJobs(now: Date): Promise<JobActivity['open']>;
  /** The budgets with a cap that are used most, at most `limit`. */
  budgetUses(now: Date, limit: number): Promise<BudgetUse[]>;
  /** US dollars booked since midnight UTC. */
  spentToday(now: Date): Promise<number>;
}

/** Port: what the jobs of a tenant are doing. Failures are `StageError`s: `unavailable` (retryable). */
export interface JobStatistics {
  /** Of the hour before `now`. */
  activity(tenant: Tenant, now: Date): Promise<JobActivity>;
}
