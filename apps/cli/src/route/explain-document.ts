import { pageReadSchema, type Task } from '@waybill/contracts';
import {
  decideRoute,
  formsBy,
  judgeDifficulty,
  preferBatch,
  weighRoute,
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
  readonly batch?: Extract<RouteDecision, { kind: 'route' }>;
}

/** What a document is explained by, and when it would be sent. */
export interface ExplainBy {
  readonly table: RouteTable;
  readonly prior?: UsedPrior | undefined;
  readonly now: Date;
  /** What the job would allow. */
  readonly limits?: Partial<RouteLimits>;
  /** Providers that take calls by the batch. */
  readonly batchProviders?: ReadonlySet<string>;
}

/** A job that names no deadline has a day. */
const usualLeftMs = 86_400_000;

/** What would be decided for a document that was read here; undefined for work that asks no model. Nobody is asked. */
export function explainDocument(
  { name, pages, kind, difficulty }: InspectedDocument,
  task: Task,
  { table, prior, now, limits = {}, batchProviders = new Set() }: ExplainBy,
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
  const batch = batchAfter(table, { request, route, batchProviders });
  return { name, request, ...(learned ? { learned } : {}), route, ...(batch ? { batch } : {}) };
}

interface Weighed {
  readonly request: RouteRequest;
  readonly route: WeighedRoute;
  readonly batchProviders: ReadonlySet<string>;
}

/** Whether patient work would go to a batch, once the rules, which go first, have answered what they can. */
function batchAfter(table: RouteTable, { request, route, batchProviders }: Weighed): ExplainedDocument['batch'] {
  const builtIn = table.entries.filter(({ card }) => card.tier === 0).map(({ card }) => card.id);
  const left = { ...request, limits: { ...request.limits, exclude: builtIn } };
  const takesBatches = (provider: string): boolean => batchProviders.has(provider);
  const isRulesFirst = route.decision.kind === 'route' && route.decision.chosen.card.tier === 0;
  const usual = isRulesFirst ? decideRoute(table, left) : route.decision;
  return preferBatch(table, { usual, request: left, tier: left.limits.tier, takesBatches }, new Map())?.decision;
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
