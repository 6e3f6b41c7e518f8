import type { Failure, ModelUse, ReasoningLane, RouteAttempt } from '@waybill/contracts';

/** What became of a document: an answer, a wait, or a reason why there is none. All of it was paid for as `uses` say. */
export type CascadeEnd<Answer> = {
  readonly attempts: readonly RouteAttempt[];
  readonly uses: readonly ModelUse[];
} & (
  | { readonly kind: 'answered'; readonly answer: Answer; readonly open: readonly string[] }
  | { readonly kind: 'waiting'; readonly until: Date; readonly reason: string }
  /** A model of a later lane is to be asked; what was paid for is found again there. */
  | { readonly kind: 'moving'; readonly lane: ReasoningLane }
  | { readonly kind: 'failed'; readonly failure: Failure }
);

/** The models that answered for this cost, one line each attempt that reached one. */
export const usesOf = (attempts: readonly RouteAttempt[]): ModelUse[] =>
  attempts
    .filter(({ outcome, costUsd }) => outcome === 'answered' || costUsd > 0)
    .map(({ model, tier, costUsd, durationMs, catalogVersion, usage, simulated, reservation }) => ({
      ...{ model, tier, costUsd, durationMs, catalogVersion, purpose: 'answer' as const },
      ...(reservation === undefined ? {} : { reservation }),
      ...(usage && tier > 0 ? { usage } : {}),
      ...(simulated ? { simulated } : {}),
    }));
