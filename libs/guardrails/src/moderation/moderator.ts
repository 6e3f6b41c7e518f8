/** What is put before a moderator: texts as hidden as for a model, and covered pictures. */
export interface ModerationSubject {
  readonly texts: readonly string[];
  /** JPEG. */
  readonly pictures: readonly { readonly page: number; readonly bytes: Uint8Array }[];
}

/** A category that a moderator sees in a text or a picture. */
export interface ModerationFinding {
  readonly kind: string;
  /** 0..1 */
  readonly score: number;
  /** Of a picture. */
  readonly page?: number;
}

/**
 * Port: somebody who judges content. Its adapters live in libs/guardrail-engines, a folder each. Rejects with a
 * retryable `StageError` when it cannot be asked now, and with the signal's reason.
 */
export interface Moderator {
  readonly id: string;
  /** Where it may process what it is asked about; absent where nobody has said. */
  readonly processedIn?: readonly string[];
  moderate(subject: ModerationSubject, signal: AbortSignal): Promise<readonly ModerationFinding[]>;
}
