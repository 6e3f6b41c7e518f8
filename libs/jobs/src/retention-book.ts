import type { BatchId, FileId, JobKey, RetainedKind, RetentionWish, Tenant } from '@waybill/contracts';
import type { RetentionPolicy } from './retention-policy.js';

/** What of a job is over. */
export interface DueRetention {
  readonly job: JobKey;
  readonly kind: RetainedKind;
}

/** A job that has ended, and what it wishes. */
export interface EndedJob {
  readonly job: JobKey;
  readonly finishedAt: Date;
  readonly wish?: RetentionWish;
}

/** A batch or a file of the OpenAI-compatible door that is over. */
export interface DueFile {
  readonly tenant: Tenant;
  readonly id: BatchId | FileId;
}

/** When a kind of a job is over. */
export interface RetentionDate extends DueRetention {
  readonly dueAt: Date;
}

/** Port: what is to be removed when. Failures are `StageError`s: `unavailable` (retryable). */
export interface RetentionBook {
  /** Runs the work in one process at a time. @returns false when another one is at it */
  alone(work: () => Promise<void>): Promise<boolean>;
  /** Jobs that have ended, ordered by tenant and id, after a place. */
  endedAfter(place: JobKey | undefined, limit: number): Promise<EndedJob[]>;
  /** Writes dates down, and changes those that were written before and are not done. */
  date(dates: readonly RetentionDate[]): Promise<void>;
  due(now: Date, limit: number): Promise<DueRetention[]>;
  done(due: DueRetention, at: Date): Promise<void>;
  /** Batches of the OpenAI-compatible door that ended so long ago, and files of no batch that are so old, oldest first. */
  dueFiles(policy: RetentionPolicy, now: Date, limit: number): Promise<DueFile[]>;
  /** Removes what was paid, and what was not settled, so long ago. @returns how many entries */
  forgetMoney(policy: RetentionPolicy, now: Date): Promise<number>;
  /** Removes receipts of chats that are so old as results are kept. @returns how many */
  forgetChats(policy: RetentionPolicy, now: Date): Promise<number>;
}
