import { pageReadSchema, type Task } from '@waybill/contracts';
import {
  weighRoute,
  type ModelTask,
  type ReadPage,
  type RouteRequest,
  type RouteTable,
  type WeighedRoute,
} from '@waybill/llm-routing';
import { taskKinds, type KindSubject, type TaskKindDefinition } from '@waybill/task-kinds';
import type { InspectedDocument, ReadPage as InspectedPage } from '../inspect/inspection.js';

/** Where a document would go, and in which words that is asked. */
export interface ExplainedDocument {
  readonly name: string;
  readonly request: RouteRequest;
  readonly route: WeighedRoute;
}

/** A job that names no deadline has a day. */
const leftMs = 86_400_000;

/** What would be decided for a document that was read here; undefined for work that asks no model. Nobody is asked. */
export function explainDocument(
  { name, pages, kind, difficulty }: InspectedDocument,
  task: Task,
  table: RouteTable,
  now: Date,
): ExplainedDocument | undefined {
  const read = pages.flatMap((page) => (page.status === 'read' ? [asRead(page, now)] : []));
  if (task.kind === 'read' || read.length === 0) return undefined;
  const definition = taskKinds[task.kind] as unknown as TaskKindDefinition<ModelTask>;
  const whole: KindSubject = {
    ...{ task, kind, pages: read, difficulty: difficulty?.score ?? 0 },
    fieldFloor: table.policy.verification.fieldFloor,
    fetchPictures: async () => [],
  };
  const subject = { ...whole, pages: definition.pagesOf?.(whole) ?? read };
  const work = definition.work(subject);
  if (work.parts.length === 0) return undefined;
  const only = definition.only?.(subject);
  const request: RouteRequest = {
    ...{ task: work.kind, documentKind: work.documentKind, difficulty: work.difficulty },
    ...{ forms: work.forms(work.parts), output: work.output(work.parts), capabilities: [], level: 'standard', now },
    limits: { leftMs, ...(only ? { only } : {}) },
  };
  return { name, request, route: weighRoute(table, request) };
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
