import type { AuditEntry, JobId, Tenant } from '@waybill/contracts';

export interface AuditFilter {
  readonly tenant: Tenant;
  readonly jobId?: JobId;
  readonly limit: number;
}

/** Port: the append-only log of accesses to content. Failures are `StageError`s: `unavailable` (retryable). */
export interface AuditLog {
  /** Durable when the promise resolves. */
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<AuditEntry[]>;
}
