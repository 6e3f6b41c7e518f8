import type { Failure } from '@waybill/contracts';

/** What the pool sends to a thread. A thread has one task at a time. */
export interface TaskMessage {
  readonly task: unknown;
}

/** An error as it crosses the thread boundary, where classes do not survive. */
export type ThreadError =
  | { readonly kind: 'stage'; readonly failure: Failure; readonly retryable: boolean }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string | undefined };

/** What a thread answers. */
export type AnswerMessage = (
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: ThreadError }
) & {
  /** The thread asks to be replaced: memory that it took cannot be given back otherwise. */
  readonly retires: boolean;
};
