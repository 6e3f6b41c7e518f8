import {
  laneConsumer,
  type DocumentResult,
  type DocumentRoute,
  type Failure,
  type GuardrailReport,
  type PageRead,
  type ReasoningLane,
  type Task,
} from '@waybill/contracts';
import { classifyDocument } from '@waybill/extraction';
import { StageError, type DocumentStore } from '@waybill/jobs';
import type { ReadPage } from '@waybill/llm-routing';
import type { AnswerKind, KindAnswer } from './answer-kind.js';
import type { DocumentWork } from './documents-of-work.js';
import type { DocumentGuards } from './guard/document-guards.js';
import { judgeDocument, kindOfDocument } from './judge-document.js';
import { loadLayouts } from './load-layouts.js';
import { readingUses } from './reading-uses.js';

/** A document's result, whether it counts as answered, and the milliseconds it took. */
export interface AnsweredDocument {
  readonly kind: 'ended';
  readonly result: DocumentResult;
  readonly route: DocumentRoute | undefined;
  readonly answered: boolean;
  readonly loadMs: number;
  readonly answerMs: number;
}

/** A document that cannot be answered before then. */
export interface WaitingDocument {
  readonly kind: 'waiting';
  readonly until: Date;
  readonly reason: string;
}

/** A document that a model of a later lane is to answer. */
export interface MovingDocument {
  readonly kind: 'moving';
  readonly lane: ReasoningLane;
}

/** How each kind of task is answered; `read` needs no model. */
export type AnswerKinds = Readonly<Record<Exclude<Task['kind'], 'read'>, AnswerKind>>;

/** The kind shows on the first pages; the rest need not be fetched for it. */
const pagesForKind = 3;
const untouched = { models: [], attempts: [] } as const;

/** Answers one document by the kind of its task, and says why where there is no answer. */
export class AnswerDocument {
  constructor(
    private readonly kinds: AnswerKinds,
    private readonly store: DocumentStore,
    private readonly guards: DocumentGuards,
  ) {}

  /** Rejects with a retryable `StageError` when another attempt may succeed; every other failure is in the result. */
  async answer(
    documentWork: DocumentWork,
    signal: AbortSignal,
  ): Promise<AnsweredDocument | WaitingDocument | MovingDocument> {
    const { pages: pagesRead } = documentWork.document;
    const { task } = documentWork.work.plan;
    const started = performance.now();
    const wanted = task.kind === 'read' ? pagesRead.slice(0, pagesForKind) : pagesRead;
    const { pages, problems } = await loadLayouts(this.store, wanted, signal);
    const loaded = performance.now();
    const isLost = pages.length === 0 && problems.length > 0;
    const readPages = readPagesOf(wanted, pages, problems);
    const answer =
      pagesRead.length === 0 || isLost ? nothing : await this.answerKind(task, documentWork, readPages, signal);
    if (answer.kind === 'waiting') return { kind: 'waiting', until: answer.until, reason: answer.reason };
    if (answer.kind === 'moving') return { kind: 'moving', lane: answer.lane };
    const failed = answer.kind === 'failed' ? [answer.failure] : (answer.problems ?? []);
    const found = [...problems, ...failed.map((failure) => ({ ...failure, stage: laneConsumer(documentWork.lane) }))];
    return {
      kind: 'ended',
      result: resultOf(documentWork, answer, found),
      route: routeOf(documentWork, answer),
      answered: pagesRead.length > 0 && !isLost && answer.kind === 'answered',
      loadMs: loaded - started,
      answerMs: performance.now() - loaded,
    };
  }

  private async answerKind(
    task: Task,
    work: DocumentWork,
    pages: readonly ReadPage[],
    signal: AbortSignal,
  ): Promise<GuardedAnswer> {
    if (task.kind !== 'read') return await this.answerGuarded(this.kinds[task.kind], { work, pages }, signal);
    const documentKind = classifyDocument(pages.flatMap(({ layout }) => layout ?? []));
    return { ...untouched, kind: 'answered', documentKind, result: {} };
  }

  /** Nobody is asked before the guardrails have seen the document; what they found is told whatever comes of it. */
  private async answerGuarded(
    kind: AnswerKind,
    { work, pages }: { readonly work: DocumentWork; readonly pages: readonly ReadPage[] },
    signal: AbortSignal,
  ): Promise<GuardedAnswer> {
    try {
      const guard = await this.guards.open(work, pages, signal);
      const failure = guard.blocked === undefined ? undefined : blocked(guard.blocked);
      const answer = failure ?? (await kind.answer(work, pages, signal));
      return { ...answer, guardrails: guard.report() };
    } catch (error) {
      // A guardrail that must be asked and may not be, because it is outside of the job's regions.
      const isRefused = error instanceof StageError && error.failure.code === 'guardrail-blocked' && !error.retryable;
      if (isRefused) return blocked(error.message);
      throw error;
    } finally {
      this.guards.close(work);
    }
  }
}

type GuardedAnswer = KindAnswer & { readonly guardrails?: GuardrailReport };

const blocked = (message: string): KindAnswer => ({
  ...untouched,
  kind: 'failed',
  failure: { code: 'guardrail-blocked', message },
});

const nothing: GuardedAnswer = { ...untouched, kind: 'answered', documentKind: 'unknown', result: {} };

/** A page whose words are lost is left out; one that has none is kept, for who can look at it. */
function readPagesOf(
  wanted: readonly PageRead[],
  loaded: Awaited<ReturnType<typeof loadLayouts>>['pages'],
  problems: readonly Failure[],
): ReadPage[] {
  const lost = new Set(problems.map(({ page }) => page));
  const layouts = new Map(loaded.map((layout) => [layout.page, layout]));
  return wanted.filter(({ page }) => !lost.has(page)).map((read) => ({ read, layout: layouts.get(read.page) }));
}

function resultOf(
  { document: { planned, pages, failures }, work }: DocumentWork,
  answer: Exclude<GuardedAnswer, { kind: 'waiting' | 'moving' }>,
  problems: readonly Failure[],
): DocumentResult {
  const isAnswered = answer.kind === 'answered';
  const found = problems.map((problem) => ({ ...problem, document: planned.document }));
  return {
    document: planned.document,
    ...(planned.name === undefined ? {} : { name: planned.name }),
    mediaType: planned.mediaType,
    pages: planned.pages,
    pagesRead: pages.length,
    readingConfidence: meanConfidence(pages),
    ...judgeDocument(work.plan.task, pages),
    ...(isAnswered ? answer.result : {}),
    kind: kindOfDocument(pages, isAnswered ? answer.documentKind : 'unknown'),
    models: [...readingUses(pages), ...answer.models],
    ...(answer.guardrails ? { guardrails: answer.guardrails } : {}),
    problems: [...failures, ...found],
  };
}

function routeOf(
  { document: { planned } }: DocumentWork,
  { attempts, guardrails }: GuardedAnswer,
): DocumentRoute | undefined {
  const counts = guardrails?.counts ?? [];
  if (attempts.length === 0 && counts.length === 0) return undefined;
  return { document: planned.document, attempts: [...attempts], ...(counts.length > 0 ? { guardrails: counts } : {}) };
}

/** Mean word confidence over the pages; null without words. */
function meanConfidence(pages: readonly PageRead[]): number | null {
  let [sum, words] = [0, 0];
  for (const { summary } of pages) {
    if (summary.confidence === null) continue;
    sum += summary.confidence * summary.words;
    words += summary.words;
  }
  return words === 0 ? null : Math.min(1, Math.round((sum / words) * 10_000) / 10_000);
}
