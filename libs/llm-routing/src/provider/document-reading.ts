import type { DocumentKind, ExtractedField } from '@waybill/contracts';

/** What rules found, grounded in words of the pages. */
export interface DocumentReading {
  readonly kind: DocumentKind;
  /** An instance of the schema; what was not found is null. */
  readonly values: Readonly<Record<string, unknown>>;
  /** One for each leaf of `values`. */
  readonly fields: readonly ExtractedField[];
}
