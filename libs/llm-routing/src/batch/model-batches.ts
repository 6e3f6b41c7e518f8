import type { ModelAnswer } from '../provider/model-answer.js';
import type { ModelRequest } from '../provider/model-request.js';

/** A call as it is put into a batch. */
export interface BatchLine {
  /** At most 64 letters, digits and hyphens; the result carries it again. */
  readonly customId: string;
  /** What `write` made of the request. */
  readonly written: string;
}

/** What a batch brought for one call: what the synchronous call would have been answered. */
export interface BatchResult {
  readonly customId: string;
  readonly status: number;
  readonly body: string;
}

/** A batch that is to be made, known here before it is known there. */
export interface BatchIntent {
  readonly id: string;
  /** Which of the provider's keys it belongs to. */
  readonly key: string;
  /** The provider's name of the model: a batch is of one. */
  readonly model: string;
  readonly begunAt: Date;
  readonly customIds: readonly string[];
}

export type BatchView =
  | { readonly kind: 'under-way' }
  /** A call without a result was not answered, and is not billed. */
  | { readonly kind: 'ended'; readonly results: readonly BatchResult[] };

/** `unclear`: one that may be it cannot be told apart before it ends. */
export type BatchFound =
  { readonly kind: 'found'; readonly batch: string } | { readonly kind: 'none' } | { readonly kind: 'unclear' };

/**
 * Port: a provider that takes calls by the batch, cheaper and later. Requests are written and answers are read as those
 * of a single call are. Rejects with a `ModelError`, or with the signal's own reason.
 */
export interface ModelBatches {
  readonly mostCalls: number;
  /** A key that does not rest. */
  chooseKey(model: string): Promise<string>;
  write(request: ModelRequest): Promise<string>;
  /** The answer that a result carries; what is declined, cut or refused rejects. */
  read(request: ModelRequest, result: BatchResult): Promise<ModelAnswer>;
  /** @returns the provider's name of the batch */
  submit(intent: BatchIntent, lines: readonly BatchLine[], signal: AbortSignal): Promise<string>;
  /** Whether an intent was carried out by somebody who died before saying so. */
  find(intent: BatchIntent, signal: AbortSignal): Promise<BatchFound>;
  look(batch: string, key: string, signal: AbortSignal): Promise<BatchView>;
  /** Has the provider stop a batch that is under way; what is answered by then is billed. */
  cancel(batch: string, key: string, signal: AbortSignal): Promise<void>;
  /** Has the provider delete what it keeps of a batch that has ended. */
  clear(batch: string, key: string, signal: AbortSignal): Promise<void>;
}
