import type { DataKeyRecord, Tenant } from '@waybill/contracts';

/** What is kept for a tenant, with the number that changing it takes. */
export interface KeptRecord {
  readonly record: DataKeyRecord;
  readonly revision: number;
}

/** Port: the wrapped data keys of tenants. Failures are `StageError`s: `unavailable` (retryable). */
export interface KeyBook {
  find(tenant: Tenant): Promise<KeptRecord | undefined>;
  /** Durable when the promise resolves. @returns false when somebody else has written since `revision` (0: nothing) */
  write(record: DataKeyRecord, revision: number): Promise<boolean>;
  /** All that there are. */
  all(): Promise<KeptRecord[]>;
  /** Overwrites the keys of a tenant where they lie. */
  erase(tenant: Tenant, at: Date): Promise<void>;
}
