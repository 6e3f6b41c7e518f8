import type { Routing } from '@waybill/contracts';
import type { CallService } from '../catalog/prices.js';
import { decideRoute } from './decide-route.js';
import type { RouteDecision } from './route-decision.js';
import type { RouteKnowledge, RouteRequest } from './route-request.js';
import type { RouteTable } from './route-table.js';

/** What was decided at the usual service, and who sells another one. */
export interface ServiceQuestion {
  readonly usual: RouteDecision;
  readonly request: RouteRequest;
  /** The most that the job allows; a job that names no tier does not care for cost. */
  readonly tier: Routing['tier'];
  /** Whether a provider's calls can ask for a service. */
  readonly sells: (provider: string, service: CallService) => boolean;
}

type Route = Extract<RouteDecision, { kind: 'route' }>;
interface ServedRoute {
  readonly decision: Route;
  readonly request: RouteRequest;
}

/** The same call at priority where time is short, or a cheaper one at flex where there is time; docs/reasoning.md. */
export function preferService(
  table: RouteTable,
  question: ServiceQuestion,
  knowledge: RouteKnowledge,
): ServedRoute | undefined {
  const { usual, request, tier } = question;
  // What is built in costs nothing, and whoever cools down does so at every service.
  if (usual.kind !== 'route' || usual.chosen.card.tier === 0) return undefined;
  const { flex, priority } = table.policy.services;
  const { leftMs } = request.limits;
  if (leftMs < priority.belowLeftMs) return atPriority(table, { ...question, usual }, knowledge);
  const hasTime = flex.tiers.some((patient) => patient === tier) && leftMs >= flex.fromLeftMs;
  return hasTime ? atFlex(table, { ...question, usual }, knowledge) : undefined;
}

type RoutedQuestion = ServiceQuestion & { readonly usual: Route };

/** Whoever was chosen is asked, only faster; without room in the money that is left, at the usual service. */
function atPriority(
  table: RouteTable,
  { usual, request, sells }: RoutedQuestion,
  knowledge: RouteKnowledge,
): ServedRoute | undefined {
  const { card } = usual.chosen;
  if (!sells(card.provider, 'priority')) return undefined;
  const urgent = { ...request, level: 'priority' as const, limits: { ...request.limits, only: [card.id] } };
  const decision = decideRoute(table, urgent, knowledge);
  return decision.kind === 'route' ? { decision: { ...decision, next: usual.next }, request: urgent } : undefined;
}

function atFlex(
  table: RouteTable,
  { usual, request, sells }: RoutedQuestion,
  knowledge: RouteKnowledge,
): ServedRoute | undefined {
  const selling = table.entries.map(({ card }) => card).filter(({ provider }) => sells(provider, 'flex'));
  const only = selling.map(({ id }) => id).filter((id) => request.limits.only?.includes(id) ?? true);
  const patient = { ...request, level: 'flex' as const, limits: { ...request.limits, only } };
  const decision = decideRoute(table, patient, knowledge);
  if (decision.kind !== 'route' || decision.chosen.expectedCostUsd >= usual.chosen.expectedCostUsd) return undefined;
  return { decision, request: patient };
}
