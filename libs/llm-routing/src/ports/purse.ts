import type { JobKey } from '@waybill/contracts';
import type { Picodollars } from '../money/picodollars.js';
import type { ModelUsage } from '../money/usage.js';

/** A paid call that is about to be made, and everything that its cost is booked under. */
export interface SpendIntent {
  readonly job: JobKey;
  readonly tags: readonly string[];
  readonly document: number;
  /** The pages that the call is about. */
  readonly pages: readonly number[];
  /** The same for every attempt that must not be paid twice: it is the identity of the reservation. */
  readonly idempotencyKey: string;
  readonly purpose: 'answer' | 'verify' | 'classify' | 'chat';
  readonly model: string;
  readonly catalogVersion: string;
  /** The upper end of the estimate. */
  readonly most: Picodollars;
  readonly estimatedInputTokens: number;
  /** Until when the reservation holds if nobody settles or releases it. */
  readonly leaseMs: number;
}

export interface Reservation {
  readonly id: string;
  readonly most: Picodollars;
}

/** What a budget says when it has not enough left. */
export type BudgetRefusal =
  | { readonly kind: 'wait'; readonly until: Date; readonly reason: string }
  /** Ask for something of a lower tier. */
  | { readonly kind: 'degrade'; readonly reason: string; readonly leftUsd: number }
  | { readonly kind: 'refuse'; readonly reason: string };

export type ReserveAnswer =
  | { readonly kind: 'reserved'; readonly reservation: Reservation }
  /** This call was paid already, by somebody who died before recording its answer, or by an earlier delivery. */
  | { readonly kind: 'settled'; readonly spent: Picodollars }
  | BudgetRefusal;

/** What a call turned out to cost. */
export interface Bill {
  readonly spent: Picodollars;
  readonly usage: ModelUsage;
  /** The snapshot that answered. */
  readonly model: string;
  readonly durationMs: number;
}

/**
 * Port: money of tenants. Reserve before a call, settle or release after it; budgets are never overspent, however many
 * calls are made at once, and what a dead worker held is free again when its lease ends.
 */
export interface Purse {
  reserve(intent: SpendIntent): Promise<ReserveAnswer>;
  settle(reservation: Reservation, bill: Bill): Promise<void>;
  release(reservation: Reservation): Promise<void>;
}
