import type { BlobReference, JobKey, RouteAttempt, SentImage, TaskKind, UsePurpose } from '@waybill/contracts';
import type { BudgetRefusal } from '../money/judge-budgets.js';
import type { Picodollars } from '../money/picodollars.js';
import type { ModelUsage } from '../money/usage.js';

/** A paid call that is about to be made, and everything that its cost is booked under. */
export interface SpendIntent {
  readonly job: JobKey;
  readonly tags: readonly string[];
  /** What may be shown of the credential that asked for it. */
  readonly credential?: string | undefined;
  readonly document: number;
  /** The pages that the call is about. */
  readonly pages: readonly number[];
  /** The same for every attempt that must not be paid twice: it is the identity of the reservation. */
  readonly idempotencyKey: string;
  readonly purpose: UsePurpose;
  readonly task: TaskKind;
  /** What the document is, where that is known. */
  readonly documentKind?: string;
  readonly provider: string;
  /** Catalog id. */
  readonly model: string;
  /** As the catalog counts tiers: 0 costs nothing. */
  readonly tier: number;
  readonly catalogVersion: string;
  /** The upper end of the estimate. */
  readonly most: Picodollars;
  /** What the whole job may cost, where it says so (`routing.maxCostUsd`); kept like a budget of the job. */
  readonly jobLimit?: Picodollars;
  readonly estimatedInputTokens: number;
  readonly images?: readonly SentImage[];
  /** True when a simulator answers: nobody is going to send a bill. */
  readonly simulated?: boolean;
  /** Until when the reservation holds if nobody settles or releases it; longer than the call may last. */
  readonly leaseMs: number;
}

/** A written intent. It carries what it was made for, so that a bill can be booked whatever became of the intent. */
export interface Reservation {
  /** Stands in a result's `models` as `reservation`, so that the use is not booked again with the final state. */
  readonly id: string;
  /** Counts from 1; above that, an earlier attempt is unconfirmed. */
  readonly attempt: number;
  readonly most: Picodollars;
  /** The call is given up before that; what ends later is unconfirmed. */
  readonly leaseEndsAt: Date;
  readonly intent: SpendIntent;
}

export type ReserveAnswer =
  | { readonly kind: 'reserved'; readonly reservation: Reservation }
  /** This call was paid already, by somebody who died before recording its answer, or by an earlier delivery. */
  | {
      readonly kind: 'settled';
      readonly reservationId: string;
      readonly spent: Picodollars;
      /** Where the answer was kept, if the bill said so. */
      readonly answer?: BlobReference;
    }
  | BudgetRefusal;

/** What a call turned out to cost. */
export interface Bill {
  readonly spent: Picodollars;
  readonly usage: ModelUsage;
  /** The snapshot that answered. */
  readonly model: string;
  readonly durationMs: number;
  /** At which service it was billed, where not at the usual one. */
  readonly service?: RouteAttempt['service'];
  /** Where the answer is kept, stored before the bill is settled: who asks again is given it. */
  readonly answer?: BlobReference;
}

/**
 * Port: money of tenants (docs/money.md). Reserve before a call, settle or release after it; budgets are never
 * overspent, however many calls are made at once, and what a dead worker held is free again when its lease ends.
 * Failures are `StageError`s: `unavailable` (retryable).
 */
export interface Purse {
  reserve(intent: SpendIntent): Promise<ReserveAnswer>;
  /** Any number of times; it books once, also after the lease. */
  settle(reservation: Reservation, bill: Bill): Promise<void>;
  /** For a call that was not made, or that is not billed. Does nothing to what is settled. */
  release(reservation: Reservation): Promise<void>;
}
