/** A document that is not read itself. */
export interface ConvertibleDocument {
  readonly bytes: Uint8Array;
  /** What the converter knows the format by. */
  readonly ending: string;
  /** What people call it. */
  readonly name: string;
  readonly filters?: { readonly reads: string; readonly writes: string } | undefined;
}

/** Port: turns documents into PDFs. */
export interface DocumentConverter {
  /**
   * Rejects with a `StageError`: `unsupported-format` where the converter is not installed, `unreadable-document` for what it cannot convert,
   * `timeout` (not retryable: the same document takes as long again); or with the signal's own reason.
   */
  toPdf(document: ConvertibleDocument, signal: AbortSignal | undefined): Promise<Uint8Array>;
}
