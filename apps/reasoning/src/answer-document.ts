import type { AnswerJobWork, DocumentResult, ExtractTask, PageLayout, PageRead } from '@waybill/contracts';
import { StageError, type DocumentStore } from '@waybill/jobs';
import { chooseModel, noModelSentence, type Catalog, type ModelAnswer, type ModelProvider } from '@waybill/llm-routing';
import type { ReadDocument } from './documents-of-work.js';
import { loadLayouts } from './load-layouts.js';

/** What an answer may use: the job's task and wishes, what it has spent so far, and when to stop. */
export interface AnswerLimits {
  readonly work: AnswerJobWork;
  readonly spentUsd: number;
  readonly signal: AbortSignal;
}

export interface AnsweredDocument {
  readonly result: DocumentResult;
  /** Milliseconds. */
  readonly times: { readonly load: number; readonly answer: number };
}

/** Answers the task for one document with the model that the routing chooses. */
export class AnswerDocument {
  private readonly providers: ReadonlyMap<string, ModelProvider>;

  constructor(
    private readonly store: DocumentStore,
    private readonly catalog: Catalog,
    providers: readonly ModelProvider[],
  ) {
    this.providers = new Map(providers.map((provider) => [provider.id, provider]));
  }

  /**
   * A document that cannot be answered carries the reason among its problems.
   * @throws StageError when a repeat may help, and the signal's reason when it aborts
   */
  async answer(document: ReadDocument, limits: AnswerLimits): Promise<AnsweredDocument> {
    const { task } = limits.work.plan;
    if (task.kind === 'read' || document.pages.length === 0) {
      return { result: resultOf(document), times: { load: 0, answer: 0 } };
    }
    const started = performance.now();
    const layouts = await loadLayouts(this.store, document.pages);
    const loaded = performance.now();
    const result = await this.extract(document, layouts, task, limits);
    return { result, times: { load: loaded - started, answer: performance.now() - loaded } };
  }

  private async extract(
    document: ReadDocument,
    layouts: readonly PageLayout[],
    task: ExtractTask,
    { work, spentUsd, signal }: AnswerLimits,
  ): Promise<DocumentResult> {
    const started = performance.now();
    try {
      const { entry, provider } = this.choose(work, spentUsd);
      const answer = await provider.answer(
        {
          job: work,
          document: document.planned.document,
          model: entry.model,
          task,
          pages: layouts.map((layout, index) => ({ layout, image: document.pages[index]?.image })),
          deadline: new Date(work.deadline),
        },
        signal,
      );
      return answeredResult(document, answer, entry.tier, performance.now() - started);
    } catch (error) {
      if (!(error instanceof StageError) || error.retryable) throw error;
      const result = resultOf(document);
      const problem = { ...error.failure, document: document.planned.document };
      return { ...result, problems: [...result.problems, problem] };
    }
  }

  private choose({ plan }: AnswerJobWork, spentUsd: number) {
    const choice = chooseModel(this.catalog, { task: plan.task.kind, routing: plan.routing, spentUsd });
    const provider = choice.model && this.providers.get(choice.model.provider);
    if (!choice.model || !provider) throw new StageError('no-model', noModelSentence(plan.task.kind, choice));
    return { entry: choice.model, provider };
  }
}

function answeredResult(document: ReadDocument, answer: ModelAnswer, tier: number, durationMs: number): DocumentResult {
  return {
    ...resultOf(document),
    kind: answer.kind,
    values: { ...answer.values },
    fields: [...answer.fields],
    models: [{ model: answer.model, tier, costUsd: answer.costUsd, durationMs }],
  };
}

/** What is known of a document without asking a model. */
function resultOf({ planned, pages, failures }: ReadDocument): DocumentResult {
  return {
    document: planned.document,
    ...(planned.name === undefined ? {} : { name: planned.name }),
    mediaType: planned.mediaType,
    kind: 'unknown',
    pages: planned.pages,
    pagesRead: pages.length,
    readingConfidence: meanConfidence(pages),
    models: [],
    problems: [...failures],
  };
}

/** Mean word confidence over all pages, so that a page of many words weighs more. */
function meanConfidence(pages: readonly PageRead[]): number | null {
  const readable = pages.filter(({ summary }) => summary.words > 0 && summary.confidence !== null);
  const words = readable.reduce((sum, { summary }) => sum + summary.words, 0);
  const weighted = readable.reduce((sum, { summary }) => sum + summary.words * (summary.confidence ?? 0), 0);
  return words === 0 ? null : Math.min(1, weighted / words);
}
