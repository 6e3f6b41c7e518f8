import type { RouteAttempt, Tenant } from '@waybill/contracts';
import type { ModelFailureKind } from '../provider/model-error.js';

/** A call that was paid for, as it must not be forgotten: who answered, what, and what it cost. */
export interface JournalEntry {
  readonly version: 1;
  /** As it was before its answer was judged. */
  readonly attempt: RouteAttempt;
  /** Whole picodollars in decimals. */
  readonly spent: string;
  readonly most: string;
  readonly answer: { readonly text: string; readonly json?: unknown } | undefined;
  readonly failure: { readonly kind: ModelFailureKind; readonly message: string } | undefined;
}

/**
 * Port: answers of calls that cost money, by idempotency key, from the moment they arrive until their job has ended. A
 * redelivered job finds them and pays nothing again. Rejects with a retryable `StageError` when it cannot be asked.
 */
export interface AnswerJournal {
  find(tenant: Tenant, key: string): Promise<JournalEntry | undefined>;
  /** Durable when the promise resolves. */
  keep(tenant: Tenant, key: string, entry: JournalEntry): Promise<void>;
}

/** Remembers for one process; enough where nothing is redelivered to another one. */
export class MemoryAnswerJournal implements AnswerJournal {
  private readonly entries = new Map<string, JournalEntry>();

  async find(tenant: Tenant, key: string): Promise<JournalEntry | undefined> {
    return this.entries.get(`${tenant} ${key}`);
  }

  async keep(tenant: Tenant, key: string, entry: JournalEntry): Promise<void> {
    this.entries.set(`${tenant} ${key}`, entry);
  }
}
