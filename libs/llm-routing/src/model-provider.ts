import type {
  BlobReference,
  Box,
  DocumentKind,
  ExtractedField,
  ExtractTask,
  JobKey,
  PageLayout,
} from '@waybill/contracts';
import type { ModelUsage } from './money/usage.js';

/** One page of the document, in page order. */
export interface ModelPage {
  /** Structured tokens: words with boxes, lines, tables, key-values. */
  readonly layout: PageLayout;
  /** The displayed page; a provider that looks at pictures fetches it through the document store. */
  readonly image?: BlobReference;
  /** Only this part of the page is asked about; the whole page when absent. */
  readonly region?: Box;
}

/** A question about one document. References travel, never bytes. */
export interface ModelRequest {
  readonly job: JobKey;
  /** Position of the document in the submission. */
  readonly document: number;
  /** The provider's own name of the model, from the catalog. */
  readonly model: string;
  /** What is wanted, with the client's instructions and schema. */
  readonly task: ExtractTask;
  readonly pages: readonly ModelPage[];
  /** No answer is wanted after this moment. */
  readonly deadline: Date;
}

export interface ModelAnswer {
  readonly kind: DocumentKind;
  /** An instance of the schema; what was not found is null. */
  readonly values: Readonly<Record<string, unknown>>;
  /** One for each leaf of `values`, grounded in words of the pages where the value was found. */
  readonly fields: readonly ExtractedField[];
  readonly usage: ModelUsage;
  readonly costUsd: number;
  /** The snapshot that answered, which may be more exact than the model that was asked for. */
  readonly model: string;
}

/**
 * Port: something that answers questions about documents. Its adapters live in libs/model-providers, a folder each.
 * Rejects with a `StageError` (`model-failed`, `invalid-answer`, `unavailable`; retryable where a repeat may help), or
 * with the signal's own reason when it aborts.
 */
export interface ModelProvider {
  /** The provider that the catalog's entries name. */
  readonly id: string;
  answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
}
