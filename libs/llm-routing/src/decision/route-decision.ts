import type { ModelCard } from '../catalog/model-card.js';
import type { TokenInterval } from '../image-tokens/estimate-image-tokens.js';
import type { InputForm } from './route-request.js';

/** US dollars for one call. */
export interface CostInterval {
  readonly leastUsd: number;
  readonly expectedUsd: number;
  /** What a reservation takes. */
  readonly mostUsd: number;
}

/** What calling a model with a form is expected to take and to give. */
export interface CallEstimate {
  readonly inputTokens: TokenInterval;
  /** Of the input. */
  readonly imageTokens: TokenInterval;
  readonly cost: CostInterval;
  /** Predicted share of right answers, 0..1. */
  readonly quality: number;
  readonly latencyMs: number;
}

/** A model in a form against which nothing speaks. */
export interface Candidate extends CallEstimate {
  readonly card: ModelCard;
  readonly form: InputForm;
  /** US dollars for an accepted answer: this call, and what follows when its answer is refused. */
  readonly expectedCostUsd: number;
}

/** What becomes of a piece of work; docs/routing.md tells when it is which. */
export type RouteDecision = { readonly catalogVersion: string } & (
  | {
      readonly kind: 'route';
      readonly chosen: Candidate;
      /** Where an escalation would go, in order. */
      readonly next: readonly Candidate[];
    }
  | { readonly kind: 'wait'; readonly until: Date; readonly reason: string }
  | { readonly kind: 'none' }
);
