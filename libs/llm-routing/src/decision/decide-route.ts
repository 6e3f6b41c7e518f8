import { eligibleModels } from './eligible-models.js';
import { CallEstimator } from './estimate-call.js';
import type { CallEstimate, Candidate, RouteDecision } from './route-decision.js';
import { callFilters, modelFilters, unfitFor, type FilterContext } from './route-filters.js';
import type { InputForm, ModelKnowledge, RouteKnowledge, RouteRequest } from './route-request.js';
import type { RouteEntry, RouteTable } from './route-table.js';

type Option = Omit<Candidate, 'expectedCostUsd'>;
type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const nothingLearned: RouteKnowledge = new Map();

/** How many candidates an escalation is given to choose from. */
const shownNext = 8;

/** Decides where a piece of work goes; docs/routing.md. Pure, and fast enough to be asked for every piece. */
export function decideRoute(
  table: RouteTable,
  request: RouteRequest,
  knowledge: RouteKnowledge = nothingLearned,
): RouteDecision {
  const context = contextOf(table, request, knowledge);
  const catalogVersion = table.catalog.version;
  const [chosen, ...next] = byExpectedCost(bestOptions(context), request.forms);
  if (chosen) return { kind: 'route', catalogVersion, chosen, next: escalations(chosen, next) };
  const soonest = soonestBack(context);
  const isInTime = soonest && soonest.until.getTime() - request.now.getTime() < request.limits.leftMs;
  if (!soonest || !isInTime) return { kind: 'none', catalogVersion };
  return { kind: 'wait', catalogVersion, until: soonest.until, reason: soonest.reason };
}

/** A model that is no candidate in a form (in none of them, when no form is named), and why. */
export interface Exclusion {
  readonly model: string;
  readonly form?: string;
  readonly code: string;
  /** The end of a sentence that begins with the model. */
  readonly reason: string;
}

/** Everything that speaks against every model, to be shown; far slower than the decision itself. */
export function exclusionsOf(
  table: RouteTable,
  request: RouteRequest,
  knowledge: RouteKnowledge = nothingLearned,
): Exclusion[] {
  const context = contextOf(table, request, knowledge);
  const estimator = new CallEstimator(table, request);
  return table.entries.flatMap((entry): Exclusion[] => {
    const model = entry.card.id;
    const against = modelFilters.filter((filter) => filter.fails(entry, context));
    if (against.length > 0) {
      return against.map((filter) => ({ model, code: filter.code, reason: filter.reason(entry, context) }));
    }
    const cooling = coolingOf(knowledge.get(model), context);
    const rest = cooling ? [{ model, code: 'cooling', reason: `is left alone for now: ${cooling.reason}` }] : [];
    return [...rest, ...request.forms.flatMap((form) => formExclusions(entry, form, context, estimator))];
  });
}

function formExclusions(
  entry: RouteEntry,
  form: InputForm,
  context: FilterContext,
  estimator: CallEstimator,
): Exclusion[] {
  const shown = { model: entry.card.id, form: form.name };
  const call = estimator.estimate(entry, form, context.knowledge.get(entry.card.id));
  const unfitReasons = unfitFor(entry, form, call, context).map((reason) => ({ ...shown, code: 'unfit', reason }));
  if (!call) return unfitReasons;
  const against = callFilters.filter((filter) => filter.fails(call, context));
  return [
    ...unfitReasons,
    ...against.map((filter) => ({ ...shown, code: filter.code, reason: filter.reason(call, context) })),
  ];
}

function contextOf(table: RouteTable, request: RouteRequest, knowledge: RouteKnowledge): FilterContext {
  const { floor } = table.policy;
  return {
    table,
    request,
    knowledge,
    day: request.now.toISOString().slice(0, 10),
    floor: request.limits.qualityFloor ?? floor.byTask[request.task] ?? floor.default,
  };
}

/** Predictions of quality are not finer than this: those within one step are taken for equal. */
const qualitySteps = 256;

/**
 * The cheapest option of each quality. Nobody else can be the best choice, so only an option that is cheaper than what was
 * found so far at its quality is looked at closely.
 */
function bestOptions(context: FilterContext): Option[] {
  const { request, knowledge } = context;
  const estimator = new CallEstimator(context.table, request);
  const models = eligibleModels(context);
  const learnedOf = models.learned(knowledge);
  const cheapestUsd = new Float64Array(qualitySteps + 1).fill(Number.POSITIVE_INFINITY);
  const options = new Map<number, Option>();
  for (const form of request.forms) {
    const byRule = estimator.picturesByRule(form);
    for (let index = 0; index < models.entries.length; index += 1) {
      const entry = models.entries[index] as RouteEntry;
      const learned = learnedOf[index];
      const quality = estimator.quality(entry, form, learned);
      const images = byRule ? byRule[entry.imageRule]?.expected : 0;
      if (quality < context.floor || images === undefined) continue;
      const input = (form.text.expected + images) * (learned?.billedShare ?? 1);
      const cached = input * (learned?.cachedShare ?? 0);
      const tokens = { input, images, cached, output: request.output.expected, pictures: form.pictures.length };
      const costUsd = models.costUsd(index, tokens);
      const step = Math.floor(quality * qualitySteps);
      if (costUsd >= (cheapestUsd[step] ?? 0)) continue;
      const call = estimator.estimate(entry, form, learned);
      if (!call || speaksAgainst(entry, form, call, context) || coolingOf(learned, context)) continue;
      cheapestUsd[step] = costUsd;
      options.set(step, { card: entry.card, form, ...call });
    }
  }
  return [...options.values()];
}

/** What could be asked if it were not cooling down; the one that is back first. */
function soonestBack(context: FilterContext): ReturnType<typeof coolingOf> {
  const { request, knowledge } = context;
  const estimator = new CallEstimator(context.table, request);
  const resting = eligibleModels(context).entries.flatMap((entry) => {
    const learned = knowledge.get(entry.card.id);
    const cooling = coolingOf(learned, context);
    const couldBeAsked =
      cooling &&
      request.forms.some((form) => {
        const call = estimator.estimate(entry, form, learned);
        return call && !speaksAgainst(entry, form, call, context);
      });
    return couldBeAsked ? [cooling] : [];
  });
  return resting.sort((a, b) => a.until.getTime() - b.until.getTime())[0];
}

function coolingOf(learned: ModelKnowledge | undefined, { request }: FilterContext): ModelKnowledge['cooling'] {
  const cooling = learned?.cooling;
  return cooling && cooling.until > request.now ? cooling : undefined;
}

const speaksAgainst = (entry: RouteEntry, form: InputForm, call: CallEstimate, context: FilterContext): boolean =>
  callFilters.some((filter) => filter.fails(call, context)) || unfitFor(entry, form, call, context).length > 0;

/**
 * By the expected cost of an accepted answer: E = cost + (1 - quality) x E of the best option of a higher quality. Worked
 * out from the highest quality down; an option with nothing above it would be asked again, which costs cost / quality.
 */
function byExpectedCost(options: Option[], forms: readonly InputForm[]): Candidate[] {
  const candidates: Mutable<Candidate>[] = options.map((option) => ({ ...option, expectedCostUsd: 0 }));
  candidates.sort((a, b) => b.quality - a.quality);
  let bestAbove = Number.POSITIVE_INFINITY;
  let bestHere = Number.POSITIVE_INFINITY;
  let qualityHere = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.quality < qualityHere) {
      bestAbove = Math.min(bestAbove, bestHere);
      qualityHere = candidate.quality;
    }
    const { cost, quality } = candidate;
    candidate.expectedCostUsd =
      bestAbove === Number.POSITIVE_INFINITY
        ? cost.expectedUsd / Math.max(quality, 0.01)
        : cost.expectedUsd + (1 - quality) * bestAbove;
    bestHere = Math.min(bestHere, candidate.expectedCostUsd);
  }
  const preference = new Map(forms.map((form, index) => [form, index]));
  const rank = (candidate: Candidate): number => preference.get(candidate.form) ?? forms.length;
  return candidates.sort(
    (a, b) =>
      a.expectedCostUsd - b.expectedCostUsd ||
      b.quality - a.quality ||
      rank(a) - rank(b) ||
      (a.card.id < b.card.id ? -1 : 1),
  );
}

/** An escalation goes up, each model once. */
function escalations(chosen: Candidate, others: readonly Candidate[]): Candidate[] {
  const models = new Set([chosen.card.id]);
  return others
    .filter(({ card, quality }) => quality > chosen.quality && !models.has(card.id) && models.add(card.id))
    .slice(0, shownNext);
}
