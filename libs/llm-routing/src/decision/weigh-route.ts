import type { ModelCard } from '../catalog/model-card.js';
import { decideRoute, exclusionsOf, type Exclusion } from './decide-route.js';
import { CallEstimator } from './estimate-call.js';
import type { CallEstimate, RouteDecision } from './route-decision.js';
import type { InputForm, RouteKnowledge, RouteRequest } from './route-request.js';
import type { RouteTable } from './route-table.js';

/** A model in a form against which nothing speaks, whether the decision names it or not. */
export interface WeighedOption extends CallEstimate {
  readonly card: ModelCard;
  readonly form: InputForm;
}

/** A decision with everything that was weighed for it. */
export interface WeighedRoute {
  readonly decision: RouteDecision;
  /** Cheapest first, by the expected cost of the call. */
  readonly options: readonly WeighedOption[];
  readonly exclusions: readonly Exclusion[];
}

/** Decides, and tells all that could be asked as well as what speaks against the others; to be shown, not to route by. */
export function weighRoute(
  table: RouteTable,
  request: RouteRequest,
  knowledge: RouteKnowledge = new Map(),
): WeighedRoute {
  const exclusions = exclusionsOf(table, request, knowledge);
  const excluded = new Set(exclusions.map(({ model, form }) => `${model} ${form ?? ''}`));
  const estimator = new CallEstimator(table, request);
  const options = table.entries.flatMap((entry) => {
    const { card } = entry;
    if (excluded.has(`${card.id} `)) return [];
    return request.forms.flatMap((form): WeighedOption[] => {
      const call = excluded.has(`${card.id} ${form.name}`)
        ? undefined
        : estimator.estimate(entry, form, knowledge.get(card.id));
      return call ? [{ card, form, ...call }] : [];
    });
  });
  return {
    decision: decideRoute(table, request, knowledge),
    options: options.sort((a, b) => a.cost.expectedUsd - b.cost.expectedUsd),
    exclusions,
  };
}
