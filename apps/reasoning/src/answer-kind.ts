import type { DocumentResult, Failure, ModelUse, ReasoningLane, RouteAttempt } from '@waybill/contracts';
import type { ReadPage } from '@waybill/llm-routing';
import type { DocumentWork } from './documents-of-work.js';

/** What a document's question came to. Whatever it was, `models` and `attempts` tell how, and what it cost. */
export type KindAnswer = { readonly models: readonly ModelUse[]; readonly attempts: readonly RouteAttempt[] } & (
  | ({ readonly kind: 'answered'; readonly problems?: readonly Failure[] } & AnsweredFacts)
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** It cannot go on before then; what was paid for so far is kept. */
  | { readonly kind: 'waiting'; readonly until: Date; readonly reason: string }
  /** It goes on in another lane. */
  | { readonly kind: 'moving'; readonly lane: ReasoningLane }
);

/** What a document's result tells besides how it came about. */
export interface AnsweredFacts {
  readonly documentKind: DocumentResult['kind'];
  readonly result: Pick<DocumentResult, 'values' | 'fields'>;
}

/** How one kind of task is answered on one document. */
export interface AnswerKind {
  /**
   * Rejects with a retryable `StageError` when another attempt may succeed, and with the signal's reason.
   * @param pages those that were read, in order
   */
  answer(work: DocumentWork, pages: readonly ReadPage[], signal: AbortSignal): Promise<KindAnswer>;
}
