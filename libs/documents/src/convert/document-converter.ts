/** Port: turns a document that is not read itself into a PDF. */
export interface DocumentConverter {
  /**
   * `ending` is what the converter knows the format by, `name` what people call it. Rejects with a `StageError`:
   * `unsupported-format` where the converter is not installed, `unreadable-document` for what it cannot convert,
   * `timeout` (not retryable: the same document takes as long again); or with the signal's own reason.
   */
  toPdf(
    document: { readonly bytes: Uint8Array; readonly ending: string; readonly name: string },
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array>;
}
