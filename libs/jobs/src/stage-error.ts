import type { Failure, FailureCode } from '@waybill/contracts';
import { failedRetryable, failedTerminal, type Outcome } from './outcome.js';

/** A failure that knows whether it may be retried. Adapters translate foreign errors into it once, at the edge. */
export class StageError extends Error {
  readonly failure: Failure;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: FailureCode,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number; cause?: unknown; document?: number; page?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'StageError';
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.failure = {
      code,
      message,
      ...(options.document === undefined ? {} : { document: options.document }),
      ...(options.page === undefined ? {} : { page: options.page }),
    };
  }
}

/** The outcome that a caught error stands for; undefined for errors that nobody translated, which are bugs. */
export function outcomeOfError(error: unknown): Outcome | undefined {
  if (!(error instanceof StageError)) return undefined;
  return error.retryable ? failedRetryable(error.failure, error.retryAfterMs) : failedTerminal(error.failure);
}

/** What a step comes to: its own outcome, or the one that its failure stands for. Rejects with errors that are bugs. */
export async function outcomeOf(step: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await step();
  } catch (error) {
    const outcome = outcomeOfError(error);
    if (outcome) return outcome;
    throw error;
  }
}
