import { StageError } from '@waybill/jobs';
import { request } from 'undici';

/** One question to a moderator. */
export interface ModerationCall {
  /** Its name for people. */
  readonly moderator: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Posts JSON and gives the parsed answer. Rejects with a retryable `StageError`, or with the signal's reason. */
export async function postJson({ moderator, url, headers, body, timeoutMs, signal }: ModerationCall): Promise<unknown> {
  try {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw unavailable(moderator, `it answered ${answer.statusCode}`);
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof StageError) throw error;
    throw unavailable(moderator, error instanceof Error ? error.message : String(error), error);
  }
}

/** A moderator that cannot be understood or reached. */
export const unavailable = (moderator: string, why: string, cause?: unknown): StageError =>
  new StageError('unavailable', `${moderator} could not be asked (${why}); see that its address and key are right.`, {
    retryable: true,
    cause,
  });

/** Texts in pieces that a service takes. */
export const piecesOf = (texts: readonly string[], length: number): string[] =>
  texts.flatMap((text) =>
    Array.from({ length: Math.ceil(text.length / length) }, (_, at) => text.slice(at * length, (at + 1) * length)),
  );
