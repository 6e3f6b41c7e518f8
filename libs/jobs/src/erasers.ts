import type { BlobReference, JobKey, Tenant } from '@waybill/contracts';

/** Port: removes what the streams hold of a job. Failures are `StageError`s: `unavailable` (retryable). */
export interface MessageEraser {
  /** Every event of the job, overwritten where it lies. @returns how many there were */
  eraseEvents(job: JobKey): Promise<number>;
  /** The job's messages in queues and dead letters, with what is counted of their attempts. @returns how many */
  eraseMessages(job: JobKey): Promise<number>;
}

/** Port: removes bytes where they lie, so that not even the store's files hold them. Failures as of `DocumentStore`. */
export interface BlobEraser {
  /** References that point to another tenant's bytes are passed over. @returns how many blobs there were */
  eraseBlobs(tenant: Tenant, references: readonly BlobReference[]): Promise<number>;
  /** What reading has written under the job's own keys, whether an event tells of it or not. */
  eraseUnder(job: JobKey): Promise<number>;
  /** Cached readings by their keys. */
  eraseReadings(tenant: Tenant, keys: readonly string[]): Promise<number>;
  /** Paid answers by the idempotency keys of their calls. */
  eraseAnswers(tenant: Tenant, keys: readonly string[]): Promise<number>;
}

/** Port: removes what Postgres holds of a job, but for the money. Failures are `StageError`s: `unavailable` (retryable). */
export interface RecordEraser {
  /** Idempotency keys of the calls that were paid, or may have been, for the job. */
  paidCalls(job: JobKey): Promise<string[]>;
  /** @returns how many rows were removed */
  eraseRecords(job: JobKey): Promise<number>;
  /** Receipts of a tenant's chats that began before the moment. @returns how many were removed */
  eraseReceipts(tenant: Tenant, before: Date): Promise<number>;
  /** Remembers a purge that has to be done once more after `at`. An earlier note of the job is replaced. */
  noteRepeat(job: JobKey, purgedAt: Date, repeatAt: Date): Promise<void>;
  dueRepeats(now: Date, limit: number): Promise<readonly { readonly job: JobKey; readonly purgedAt: Date }[]>;
  forgetRepeat(job: JobKey): Promise<void>;
}
