import { decideRoute } from '../decision/decide-route.js';
import type { RouteDecision } from '../decision/route-decision.js';
import type { RouteRequest } from '../decision/route-request.js';
import { ceilingOf, experimentOf, standInsOf } from '../policy/chain-policy.js';
import type { CascadeTools, Run } from './cascade-tools.js';
import { routeRequestOf } from './route-request-of.js';

export type Decided = { readonly decision: RouteDecision; readonly request: RouteRequest };
type Tools = Pick<CascadeTools, 'table' | 'state' | 'clock'>;
type Chain<Answer> = Pick<Run<Answer>, 'work' | 'progress'>;

/**
 * Who is asked next about what is open: the model of an experiment that the document takes part in, a stand-in for the
 * model that has just failed, or whoever is best. When nobody reaches the floor, whoever there is answers.
 */
export function decideAttempt<Answer>(tools: Tools, chain: Chain<Answer>): Decided {
  const { work, progress } = chain;
  const [table, knowledge] = [tools.table(), tools.state.knowledge()];
  progress.ceilingUsd = ceilingOf(table.policy, work.task.kind);
  const whole = routeRequestOf(work, progress, table.policy, tools.clock.now());
  const tried = decideExperiment(tools, chain, whole);
  if (tried) return tried;
  const standIns =
    progress.failed === undefined ? undefined : standInsOf(table.policy, work.task.kind, progress.failed);
  const request = standIns ? onlyOf(whole, standIns) : whole;
  const decision = decideRoute(table, request, knowledge);
  if (decision.kind !== 'none' || progress.answer !== undefined) return { decision, request };
  const relaxed = { ...request, limits: { ...request.limits, qualityFloor: 0 } };
  return { decision: decideRoute(table, relaxed, knowledge), request: relaxed };
}

/** Of the models that are paid for, the first; the rules go before it all the same. */
function decideExperiment<Answer>(
  { table, state }: Tools,
  { work, progress }: Chain<Answer>,
  request: RouteRequest,
): Decided | undefined {
  const { tenant, jobId } = work.job;
  const experiment = experimentOf(table().policy, work.task.kind, `${tenant}/${jobId}/${work.document}`);
  if (!experiment || progress.made.some(({ attempt }) => attempt.tier > 0)) return undefined;
  const usual = decideRoute(table(), request, state.knowledge());
  if (usual.kind === 'route' && usual.chosen.card.tier === 0) return undefined;
  const only = onlyOf(request, experiment.models);
  const decision = decideRoute(table(), only, state.knowledge());
  if (decision.kind !== 'route') return undefined;
  progress.experiment = experiment.name;
  return { decision, request: only };
}

/** The same, of these models alone. */
function onlyOf(request: RouteRequest, models: readonly string[]): RouteRequest {
  const { only } = request.limits;
  return { ...request, limits: { ...request.limits, only: only ? only.filter((id) => models.includes(id)) : models } };
}
