import { allowsRegions } from '@waybill/jobs';
import { unfit, type RequestNeeds } from '../catalog/unfit.js';
import { shrinkFor } from '../image-tokens/shrink-for.js';
import type { RoutingPolicy } from '../policy/routing-policy.js';
import type { CallEstimate } from './route-decision.js';
import type { InputForm, PictureFacts, RouteKnowledge, RouteRequest } from './route-request.js';
import type { RouteEntry, RouteTable } from './route-table.js';

export interface FilterContext {
  readonly table: RouteTable;
  readonly request: RouteRequest;
  readonly knowledge: RouteKnowledge;
  readonly day: string;
  readonly floor: number;
}

/** Something that can speak against a model. `fails` is asked often; `reason` only to be shown. */
interface ModelFilter {
  readonly code: string;
  fails(entry: RouteEntry, context: FilterContext): boolean;
  /** The end of a sentence that begins with the model. */
  reason(entry: RouteEntry, context: FilterContext): string;
}
interface CallFilter {
  readonly code: string;
  fails(call: CallEstimate, context: FilterContext): boolean;
  reason(call: CallEstimate, context: FilterContext): string;
}

const tierNumbers = { free: 0, cheap: 1, standard: 2, frontier: 3 } as const;
const highestTier = ({ limits }: RouteRequest): number => tierNumbers[limits.tier ?? 'frontier'];
const demandsOf = ({ table, request }: FilterContext) =>
  table.policy.sensitivity[request.limits.sensitivity ?? 'internal'];
const list = (values: readonly string[] | undefined): string => values?.join(', ') ?? 'unknown';

/** Whatever the form; cheap ones first. */
export const modelFilters: readonly ModelFilter[] = [
  {
    code: 'task',
    fails: ({ card }, { request }) => !card.tasks.includes(request.task) && !request.limits.only?.includes(card.id),
    reason: (_entry, { request }) => `is not meant for the task "${request.task}"`,
  },
  {
    code: 'tier',
    fails: ({ card }, { request }) => card.tier > highestTier(request),
    reason: ({ card }, { request }) => `is of tier ${card.tier}, and the job allows at most "${request.limits.tier}"`,
  },
  {
    code: 'list',
    fails: ({ card }, { table: { policy }, request: { limits } }) =>
      policy.deny.includes(card.id) ||
      (policy.allow !== undefined && !policy.allow.includes(card.id)) ||
      (limits.only !== undefined && !limits.only.includes(card.id)),
    reason: () => 'is not among the models that the job and the policy allow',
  },
  {
    code: 'asked',
    fails: ({ card }, { request }) => request.limits.exclude?.includes(card.id) ?? false,
    reason: () => 'was asked already',
  },
  {
    code: 'price',
    fails: ({ prices }, { request }) => prices[request.level] === undefined,
    reason: (_entry, { request }) => `has no known price at the service level "${request.level}"`,
  },
  {
    code: 'region',
    fails: ({ regions }, { request: { limits } }) => !allowsRegions(limits.regions, regions),
    reason: ({ regions }, { request }) =>
      `may process in ${list(regions)}, and the job allows ${list(request.limits.regions)}`,
  },
  {
    code: 'hop',
    fails: (_entry, context) => hopsOutside(context).length > 0,
    reason: (_entry, context) =>
      `would be asked over ${hopsOutside(context)
        .map(({ name, regions }) => `the ${name} in ${regions.join(', ')}`)
        .join(' and ')}, and the job allows ${list(context.request.limits.regions)}`,
  },
  {
    code: 'sensitivity',
    fails: (entry, context) => breaksDemand(entry, context),
    reason: (_entry, { request }) =>
      `promises less than the sensitivity "${request.limits.sensitivity ?? 'internal'}" demands, as far as we know`,
  },
];

/** What stands between the job and any model, outside of the regions that the job allows. */
const hopsOutside = ({ table, request: { limits } }: FilterContext): RoutingPolicy['hops'] =>
  table.policy.hops.filter(({ regions }) => !allowsRegions(limits.regions, regions));

function breaksDemand({ provider }: RouteEntry, context: FilterContext): boolean {
  const { noTraining, keptDaysAtMost } = demandsOf(context);
  const promise = provider?.retention;
  if (noTraining && promise?.usedForTraining !== false) return true;
  if (keptDaysAtMost === undefined) return false;
  if (!promise) return true;
  const isZero =
    promise.zeroRetention === 'always' ||
    (promise.zeroRetention === 'by-agreement' &&
      provider !== undefined &&
      context.table.policy.zeroRetentionAgreed.includes(provider.id));
  return !isZero && promise.keptDays > keptDaysAtMost;
}

/** What the catalog says against the model taking this form; each reason as the end of a sentence. */
export function unfitFor(
  entry: RouteEntry,
  form: InputForm,
  call: CallEstimate | undefined,
  context: FilterContext,
): string[] {
  const reasons = unfit(entry.card, needsOf(entry, form, call, context));
  const misplaced = misplacedFor(entry, form, context);
  return misplaced === undefined ? reasons : [...reasons, misplaced];
}

/** Where reading has found facts, rules work from them, and nobody else does. */
function misplacedFor({ card }: RouteEntry, { name }: InputForm, { request }: FilterContext): string | undefined {
  if (card.tier > 0) return name === 'facts' ? 'reads words and pictures, no facts' : undefined;
  const hasFacts = name !== 'facts' && request.forms.some((form) => form.name === 'facts');
  return hasFacts ? 'works from the facts that reading has found' : undefined;
}

/** Fewer bytes than this are within everybody's limits, whatever becomes of a picture. */
const harmlessBytes = 1_000_000;

/** Of a picture as it is sent to this model, at most. */
function bytesOf(picture: PictureFacts, { card }: RouteEntry, { detail, shrink }: InputForm): number {
  if (!shrink || picture.bytes <= harmlessBytes) return picture.bytes;
  return Math.min(picture.bytes, shrinkFor(card, picture, detail, shrink)?.bytesMost ?? picture.bytes);
}

function needsOf(
  entry: RouteEntry,
  form: InputForm,
  call: CallEstimate | undefined,
  { request, day }: FilterContext,
): RequestNeeds {
  const { pictures } = form;
  let [largest, total] = [0, 0];
  for (const picture of pictures) {
    const bytes = bytesOf(picture, entry, form);
    largest = Math.max(largest, bytes);
    total += bytes;
  }
  return {
    task: request.task,
    day,
    capabilities: pictures.length > 0 ? [...request.capabilities, 'vision'] : request.capabilities,
    inputTokens: call?.inputTokens.most ?? form.text.most,
    outputTokens: request.output.most,
    images: pictures.length,
    largestImageBytes: largest,
    // As base64 in JSON.
    requestBytes: Math.ceil((total * 4) / 3),
    imageMediaTypes: [...new Set(pictures.map(({ mediaType }) => mediaType))],
  };
}

/** What the estimate says against the call. */
export const callFilters: readonly CallFilter[] = [
  {
    code: 'quality',
    fails: ({ quality }, { floor }) => quality < floor,
    reason: ({ quality }, { floor }) =>
      `is expected to be right in ${percent(quality)}, below the floor of ${percent(floor)}`,
  },
  {
    code: 'latency',
    fails: ({ latencyMs }, { request }) => latencyMs > request.limits.leftMs,
    reason: ({ latencyMs }, { request }) =>
      `is expected to take up to ${Math.round(latencyMs)} ms, and the job has ${Math.round(request.limits.leftMs)} ms left`,
  },
  {
    code: 'budget',
    fails: ({ cost }, { request }) => request.limits.leftUsd !== undefined && cost.mostUsd > request.limits.leftUsd,
    reason: ({ cost }, { request }) =>
      `may cost ${usd(cost.mostUsd)} USD, and the job has ${usd(request.limits.leftUsd ?? 0)} USD left`,
  },
];

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const usd = (amount: number): string => String(Number(amount.toPrecision(3)));
