import type { Failure } from '@waybill/contracts';

/**
 * What a handler says about one message. Throwing instead is a bug, treated as retryable and logged as one.
 * A deferral is not an attempt.
 */
export type Outcome =
  | { readonly kind: 'completed' }
  | { readonly kind: 'deferred'; readonly until: Date; readonly reason: string }
  | { readonly kind: 'failed-retryable'; readonly failure: Failure; readonly delayMs?: number }
  | { readonly kind: 'failed-terminal'; readonly failure: Failure };

const completedOutcome: Outcome = Object.freeze({ kind: 'completed' });

/** Done, also when there was nothing left to do. */
export const completed = (): Outcome => completedOutcome;

/** Cannot go on before `until`; the message comes back then. */
export const deferred = (until: Date, reason: string): Outcome => ({ kind: 'deferred', until, reason });

/** Worth another attempt, after `delayMs` or else after the retry schedule's delay. */
export const failedRetryable = (failure: Failure, delayMs?: number): Outcome => ({
  kind: 'failed-retryable',
  failure,
  ...(delayMs === undefined ? {} : { delayMs }),
});

/** No attempt can succeed: a dead letter with its reason. */
export const failedTerminal = (failure: Failure): Outcome => ({ kind: 'failed-terminal', failure });
