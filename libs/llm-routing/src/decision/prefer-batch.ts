import type { Routing } from '@waybill/contracts';
import { decideRoute } from './decide-route.js';
import type { RouteDecision } from './route-decision.js';
import type { RouteKnowledge, RouteRequest } from './route-request.js';
import type { RouteTable } from './route-table.js';

/** What was decided without batches, and who takes them. */
export interface BatchQuestion {
  readonly usual: RouteDecision;
  readonly request: RouteRequest;
  /** The most that the job allows; a job that names no tier is not patient. */
  readonly tier: Routing['tier'];
  /** Whether a provider takes calls by the batch. */
  readonly takesBatches: (provider: string) => boolean;
}

type Route = Extract<RouteDecision, { kind: 'route' }>;

/** A route by the batch, where the policy finds the job patient and it is the cheaper one; docs/reasoning.md. */
export function preferBatch(
  table: RouteTable,
  { usual, request, tier, takesBatches }: BatchQuestion,
  knowledge: RouteKnowledge,
): { readonly decision: Route; readonly request: RouteRequest } | undefined {
  const { tiers, fromLeftMs } = table.policy.batch;
  if (!tiers.some((patient) => patient === tier) || request.limits.leftMs < fromLeftMs) return undefined;
  const taken = table.entries.map(({ card }) => card).filter(({ provider }) => takesBatches(provider));
  const only = taken.map(({ id }) => id).filter((id) => request.limits.only?.includes(id) ?? true);
  const patient = { ...request, level: 'batch' as const, limits: { ...request.limits, only } };
  const batch = decideRoute(table, patient, knowledge);
  if (batch.kind !== 'route') return undefined;
  // What is built in goes first: it costs nothing, and leaves less to ask.
  if (usual.kind === 'route' && usual.chosen.card.tier === 0) return undefined;
  const isCheaper = usual.kind !== 'route' || batch.chosen.expectedCostUsd < usual.chosen.expectedCostUsd;
  return isCheaper ? { decision: batch, request: patient } : undefined;
}
