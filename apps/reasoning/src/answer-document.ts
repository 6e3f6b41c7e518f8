import {
  consumers,
  type AnswerJobWork,
  type DocumentResult,
  type ExtractTask,
  type Failure,
  type ModelUse,
  type PageRead,
} from '@waybill/contracts';
import { classifyDocument } from '@waybill/extraction';
import { StageError, type DocumentStore } from '@waybill/jobs';
import {
  chooseModel,
  noModelSentence,
  type DocumentModel,
  type ModelAnswer,
  type ModelPage,
  type ModelProvider,
  type ModelRequest,
} from '@waybill/llm-routing';
import type { ReadDocument } from './documents-of-work.js';
import { judgeDocument, kindOfDocument } from './judge-document.js';
import { loadLayouts } from './load-layouts.js';
import { readingUses } from './reading-uses.js';

/** One document of a job, to be answered. */
export interface DocumentWork {
  readonly work: AnswerJobWork;
  readonly document: ReadDocument;
  /** What the job has spent on the documents before this one, and on reading all of them. */
  readonly spentUsd: number;
}

/** A document's result, whether it counts as answered, and the milliseconds it took. */
export interface AnsweredDocument {
  readonly result: DocumentResult;
  readonly answered: boolean;
  readonly loadMs: number;
  readonly answerMs: number;
}

/** The kind shows on the first pages; the rest need not be fetched for it. */
const pagesForKind = 3;

/** Answers one document: chooses a model, lets its provider answer, and says why where there is no answer. */
export class AnswerDocument {
  private readonly providers: ReadonlyMap<string, ModelProvider>;

  /** @throws Error when a model needs a provider that is not there. */
  constructor(
    private readonly models: readonly DocumentModel[],
    providers: readonly ModelProvider[],
    private readonly store: DocumentStore,
  ) {
    this.providers = new Map(providers.map((provider) => [provider.id, provider]));
    const missing = models.find(({ provider }) => !this.providers.has(provider));
    if (missing) {
      throw new Error(
        `The catalog's model ${missing.id} needs the provider "${missing.provider}", which is not built in.`,
      );
    }
  }

  /** Rejects with a retryable `StageError` when another attempt may succeed; every other failure is in the result. */
  async answer(documentWork: DocumentWork, signal: AbortSignal): Promise<AnsweredDocument> {
    const { planned, pages: pagesRead, failures } = documentWork.document;
    const { task } = documentWork.work.plan;
    const started = performance.now();
    const wanted = task.kind === 'read' ? pagesRead.slice(0, pagesForKind) : pagesRead;
    const { pages, problems } = await loadLayouts(this.store, wanted, signal);
    const loaded = performance.now();
    const isLost = pages.length === 0 && problems.length > 0;
    const answer =
      pagesRead.length === 0 || isLost
        ? { kind: 'unknown' as const, models: [], problems: [] }
        : task.kind === 'read'
          ? { kind: classifyDocument(pages.map(({ layout }) => layout)), models: [], problems: [] }
          : await this.extract(documentWork, task, pages, signal);
    const answerMs = performance.now() - loaded;
    const found = [...problems, ...answer.problems].map((problem) => ({ ...problem, document: planned.document }));
    return {
      result: {
        document: planned.document,
        ...(planned.name === undefined ? {} : { name: planned.name }),
        mediaType: planned.mediaType,
        pages: planned.pages,
        pagesRead: pagesRead.length,
        readingConfidence: meanConfidence(pagesRead),
        ...judgeDocument(task, pagesRead),
        ...answer,
        kind: kindOfDocument(pagesRead, answer.kind),
        models: [...readingUses(pagesRead), ...answer.models.map((model) => ({ ...model, durationMs: answerMs }))],
        problems: [...failures, ...found],
      },
      answered: pagesRead.length > 0 && !isLost && answer.problems.length === 0,
      loadMs: loaded - started,
      answerMs,
    };
  }

  private async extract(
    { work, document, spentUsd }: DocumentWork,
    task: ExtractTask,
    pages: readonly ModelPage[],
    signal: AbortSignal,
  ): Promise<Answer> {
    const choice = chooseModel(this.models, { task: task.kind, routing: work.plan.routing, spentUsd });
    const provider = choice.model && this.providers.get(choice.model.provider);
    if (!choice.model || !provider) {
      return unanswered({ code: 'no-model', message: noModelSentence(task.kind, choice) });
    }
    try {
      const { tenant, jobId } = work;
      const request: ModelRequest = {
        model: choice.model.model,
        // What is built in reads layouts, not messages.
        messages: [],
        question: { job: { tenant, jobId }, document: document.planned.document, task, pages },
        maxOutputTokens: 0,
        deadline: new Date(work.deadline),
        idempotencyKey: `${tenant}/${jobId}/${document.planned.document}`,
      };
      return answerOf(await provider.call(request, signal), choice.model);
    } catch (error) {
      if (!(error instanceof StageError) || error.retryable) throw error;
      return unanswered(error.failure);
    }
  }
}

interface Answer extends Pick<DocumentResult, 'kind' | 'values' | 'fields' | 'problems'> {
  readonly models: Omit<ModelUse, 'durationMs'>[];
}

const unanswered = (failure: Failure): Answer => ({
  kind: 'unknown',
  models: [],
  problems: [{ ...failure, stage: consumers.answerJob.name }],
});

const answerOf = ({ reading }: ModelAnswer, { id, tier, costUsdPerDocument }: DocumentModel): Answer => ({
  kind: reading?.kind ?? 'unknown',
  values: reading?.values ?? {},
  fields: [...(reading?.fields ?? [])],
  models: [{ model: id, tier, costUsd: costUsdPerDocument }],
  problems: [],
});

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
