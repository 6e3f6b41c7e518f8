import type { DifficultyBand } from '../policy/routing-policy.js';
import type { ModelTask } from '../catalog/model-card.js';
import type { ModelError } from '../provider/model-error.js';
import type { RouteKnowledge } from '../decision/route-request.js';

/** A call that is about to be made. */
export interface CallIntent {
  /** Catalog id. */
  readonly model: string;
  readonly provider: string;
  /** Upper ends of the estimate: what counts against tokens a minute. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** How a call went. Reported exactly once for each admission. */
export type CallOutcome =
  | {
      readonly kind: 'answered';
      /** Absent where the answer came whole: nobody knows then how its time divides. */
      readonly firstTokenMs?: number;
      readonly totalMs: number;
      readonly outputTokens: number;
      readonly estimatedInputTokens: number;
      readonly billedInputTokens: number;
      /** Of the billed ones, those that the provider had in its cache. */
      readonly cachedInputTokens?: number;
    }
  | { readonly kind: 'failed'; readonly error: ModelError }
  /** Given up by us: the deadline passed, the job was cancelled, the service stops. */
  | { readonly kind: 'abandoned' };

/** What verifying an answer showed. */
export interface VerifiedOutcome {
  readonly model: string;
  readonly task: ModelTask;
  readonly documentKind: string;
  readonly band: DifficultyBand;
  readonly accepted: boolean;
}

export type Admission =
  | {
      readonly kind: 'admitted';
      /** The key on which the call was counted, for `ModelRequest.key`; absent where the state knows of no keys. */
      readonly key?: string;
      report(outcome: CallOutcome): Promise<void>;
    }
  | { readonly kind: 'wait'; readonly until: Date; readonly reason: string };

/**
 * Port: what all workers together know of models and have agreed on: outcomes, times, rests, breakers, rate limits,
 * concurrency. One worker's rate limit is every worker's.
 */
export interface RouteState {
  /** As known now. Replaced, never changed, when something is learned. */
  knowledge(): RouteKnowledge;
  /** Asks to make a call now. Whoever is admitted reports how it went. */
  admit(intent: CallIntent): Promise<Admission>;
  /** Teaches the priors. */
  learn(outcome: VerifiedOutcome): Promise<void>;
}
