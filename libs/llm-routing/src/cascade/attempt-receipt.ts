import type { RouteAttempt } from '@waybill/contracts';
import type { Catalog } from '../catalog/catalog.js';
import { regionsOf } from '../catalog/find-model.js';
import { exclusionsOf } from '../decision/decide-route.js';
import type { Candidate } from '../decision/route-decision.js';
import type { LearnedDifficulty } from '../learned-prior/judge-difficulty.js';
import { difficultyBandOf, type RoutingPolicy } from '../policy/routing-policy.js';
import type { CascadeTools, Routed, Run } from './cascade-tools.js';
import { summariseExclusions } from './summarise-exclusions.js';

/** What is known of an attempt before its answer. */
export function attemptReceipt<Answer>(
  { decision, request }: Routed,
  { progress, work }: Pick<Run<Answer>, 'progress' | 'work'>,
  { table, state, simulated }: Pick<CascadeTools, 'table' | 'state' | 'simulated'>,
): RouteAttempt {
  const { chosen, next, catalogVersion } = decision;
  const exclusions = exclusionsOf(table(), request, state.knowledge());
  return {
    ...identityOf(chosen),
    ...regionsIn(table().catalog, chosen),
    ...(request.level === 'standard' ? {} : { service: request.level }),
    ...(simulated.has(chosen.card.provider) ? { simulated: true } : {}),
    at: request.now.toISOString(),
    asked: [...progress.open],
    ...(progress.experiment === undefined || progress.made.some(({ attempt }) => attempt.tier > 0)
      ? {}
      : { experiment: progress.experiment }),
    difficulty: difficultyOf(request.difficulty, table().policy, work.learned),
    estimate: estimateOf(chosen),
    ...(work.portion === undefined ? {} : { pages: [...work.pages] }),
    expectedCostUsd: chosen.expectedCostUsd,
    next: next.map((candidate) => ({
      ...{ model: candidate.card.id, form: candidate.form.name, quality: candidate.quality },
      ...{ mostUsd: candidate.cost.mostUsd, expectedCostUsd: candidate.expectedCostUsd },
    })),
    exclusions: summariseExclusions(exclusions),
    outcome: 'under-way',
    ...{ doubtful: [], coercions: [], costUsd: 0, durationMs: 0, catalogVersion },
  };
}

/** A call that was paid and whose answer is gone with the worker that had it. */
export const lostAttempt = <Answer>(
  routed: Routed,
  run: Run<Answer>,
  tools: CascadeTools,
  paid: { readonly usd: number; readonly reservation: string },
): RouteAttempt => ({
  ...attemptReceipt(routed, run, tools),
  outcome: 'lost',
  reason: 'A worker died between paying for this answer and keeping it; it was asked for again.',
  doubtful: [...run.progress.open],
  costUsd: paid.usd,
  reservation: paid.reservation,
});

const difficultyOf = (
  score: number,
  policy: RoutingPolicy,
  learned: LearnedDifficulty | undefined,
): RouteAttempt['difficulty'] => ({
  score,
  band: difficultyBandOf(policy, score),
  ...(learned ? { learned: { ...learned, reasons: [...learned.reasons] } } : {}),
});

const identityOf = ({ card, form }: Candidate) => ({
  model: card.id,
  provider: card.provider,
  tier: card.tier,
  form: form.name,
});

const regionsIn = (catalog: Catalog, { card }: Candidate): Pick<RouteAttempt, 'regions'> => {
  const regions = regionsOf(catalog, card);
  return regions === undefined ? {} : { regions: [...regions] };
};

const estimateOf = ({ inputTokens, cost, quality, latencyMs }: Candidate): RouteAttempt['estimate'] => ({
  inputTokens: { ...inputTokens },
  cost: { ...cost },
  quality,
  latencyMs,
});
