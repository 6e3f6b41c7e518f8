import { pageReadSchema, type Task } from '@waybill/contracts';
import {
  decideRoute,
  formsBy,
  judgeDifficulty,
  preferBatch,
  preferService,
  weighRoute,
  type CallService,
  type LearnedDifficulty,
  type ModelTask,
  type ReadPage,
  type RouteDecision,
  type RouteLimits,
  type RouteRequest,
  type RouteTable,
  type UsedPrior,
  type WeighedRoute,
} from '@waybill/llm-routing';
import { taskKinds, type KindSubject, type TaskKindDefinition } from '@waybill/task-kinds';
import type { InspectedDocument, ReadPage as InspectedPage } from '../inspect/inspection.js';

/** Where a document would go, and in which words that is asked. */
export interface ExplainedDocument {
  readonly name: string;
  readonly request: RouteRequest;
  /** What a learned prior says of the prompt. */
  readonly learned?: LearnedDifficulty;
  readonly route: WeighedRoute;
  /** Where models would be asked by the batch, for whatever the rules leave. */
  readonly batch?: Route;
  /** Where they would be asked at another service than the usual one, after the rules. */
  readonly served?: { readonly service: RouteRequest['level']; readonly decision: Route };
}

type Route = Extract<RouteDecision, { kind: 'route' }>;

/** What a document is explained by, and when it would be sent. */
export interface ExplainBy {
  readonly table: RouteTable;
  readonly prior?: UsedPrior | undefined;
  readonly now: Date;
  /** What the job would allow. */
  readonly limits?: Partial<RouteLimits>;
  /** Providers that take calls by the batch. */
  readonly batchProviders?: ReadonlySet<string>;
  /** The services that calls to a provider can ask for. */
  readonly servicesOf?: (provider: string) => readonly CallService[];
}

/** A job that names no deadline has a day. */
const usualLeftMs = 86_400_000;

/** What would be decided for a document that was read here; undefined for work that asks no model. Nobody is asked. */
export function explainDocument(
  { name, pages, kind, difficulty }: InspectedDocument,
  task: Task,
  { table, prior, now, limits = {}, batchProviders = new Set(), servicesOf = () => [] }: ExplainBy,
): ExplainedDocument | undefined {
  const read = pages.flatMap((page) => (page.status === 'read' ? [asRead(page, now)] : []));
  if (task.kind === 'read' || read.length === 0) return undefined;
  const definition = taskKinds[task.kind] as unknown as TaskKindDefinition<ModelTask>;
  const judged = judgeDifficulty(difficulty?.score ?? 0, prior, definition.promptOf?.(task));
  const whole: KindSubject = {
    ...{ task, kind, pages: read, difficulty: judged.score },
    fieldFloor: table.policy.verification.fieldFloor,
    fetchPictures: async () => [],
  };
  const subject = { ...whole, pages: definition.pagesOf?.(whole) ?? read };
  const work = definition.work(subject);
  if (work.parts.length === 0) return undefined;
  const only = definition.only?.(subject);
  const request: RouteRequest = {
    ...{ task: work.kind, documentKind: work.documentKind, difficulty: work.difficulty },
    forms: formsBy(table.policy, { task: work.kind, documentKind: work.documentKind }, work.forms(work.parts)),
    ...{ output: work.output(work.parts), capabilities: [], level: 'standard', now },
    limits: { leftMs: usualLeftMs, ...limits, ...(only ? { only } : {}) },
  };
  const { learned } = judged;
  const route = weighRoute(table, request);
  const after = afterRules(table, request, route);
  const batch = batchAfter(table, after, batchProviders);
  const served = batch ? undefined : servedAfter(table, after, servicesOf);
  return {
    ...{ name, request, route },
    ...(learned ? { learned } : {}),
    ...(batch ? { batch } : {}),
    ...(served ? { served } : {}),
  };
}

/** What is asked for, and what would be decided, once the rules, which go first, have answered what they can. */
interface AfterRules {
  readonly usual: RouteDecision;
  readonly request: RouteRequest;
}

function afterRules(table: RouteTable, request: RouteRequest, route: WeighedRoute): AfterRules {
  const builtIn = table.entries.filter(({ card }) => card.tier === 0).map(({ card }) => card.id);
  const left = { ...request, limits: { ...request.limits, exclude: builtIn } };
  const isRulesFirst = route.decision.kind === 'route' && route.decision.chosen.card.tier === 0;
  return { usual: isRulesFirst ? decideRoute(table, left) : route.decision, request: left };
}

/** Whether patient work would go to a batch. */
function batchAfter(
  table: RouteTable,
  { usual, request }: AfterRules,
  batchProviders: ReadonlySet<string>,
): ExplainedDocument['batch'] {
  const takesBatches = (provider: string): boolean => batchProviders.has(provider);
  return preferBatch(table, { usual, request, tier: request.limits.tier, takesBatches }, new Map())?.decision;
}

/** Whether it would be asked for at another service. */
function servedAfter(
  table: RouteTable,
  { usual, request }: AfterRules,
  servicesOf: (provider: string) => readonly CallService[],
): ExplainedDocument['served'] {
  const sells = (provider: string, service: CallService): boolean => servicesOf(provider).includes(service);
  const served = preferService(table, { usual, request, tier: request.limits.tier, sells }, new Map());
  return served && { service: served.request.level, decision: served.decision };
}

/** As the event of a stack would tell of it. */
function asRead({ page, layout, classification, difficulty, picture }: InspectedPage, now: Date): ReadPage {
  const { width, height, unit, dpi, rotation, source, engine, words } = layout;
  const sure = words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length);
  const stored = { bucket: 'local', key: `pages/${page}`, sizeBytes: 1, sha256: '0'.repeat(64) };
  const read = pageReadSchema.parse({
    ...{ version: 1, type: 'page-read', tenant: 'default', jobId: 'local', at: now.toISOString(), document: 0, page },
    ...{ layout: stored, attempts: 1, times: {}, ...(picture ? { image: stored } : {}) },
    summary: {
      ...{ width, height, unit, dpi, rotation, source, engine: engine.name, words: words.length },
      confidence: words.length === 0 ? null : Math.min(1, sure),
      ...(classification ? { classification } : {}),
      ...(difficulty ? { difficulty } : {}),
    },
  });
  return { read, layout: words.length === 0 ? undefined : layout };
}
