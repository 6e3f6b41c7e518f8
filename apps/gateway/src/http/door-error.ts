import { type ModelError, type ModelFailureKind } from '@waybill/llm-routing';

/** A refusal as OpenAI's clients know it. The message says what to do. */
export class DoorError extends Error {
  override readonly name = 'DoorError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: { readonly param?: string; readonly retryAt?: Date } = {},
  ) {
    super(message);
  }
}

const typeOfStatus: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  402: 'insufficient_quota',
  429: 'rate_limit_error',
};

/** `{"error": …}` as OpenAI writes it. */
export const errorBody = ({ status, code, message, more }: DoorError): string => {
  const type = typeOfStatus[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
  return JSON.stringify({ error: { message, type, param: more.param ?? null, code } });
};

const answers: Readonly<Record<ModelFailureKind, readonly [status: number, code: string]>> = {
  'rate-limited': [429, 'rate_limit_exceeded'],
  overloaded: [503, 'upstream_overloaded'],
  timeout: [504, 'upstream_timeout'],
  'context-too-long': [400, 'context_length_exceeded'],
  'content-refused': [400, 'content_filter'],
  truncated: [502, 'upstream_cut'],
  malformed: [502, 'upstream_malformed'],
  auth: [502, 'upstream_auth'],
  'bad-request': [400, 'invalid_request'],
  unknown: [502, 'upstream_failed'],
};

/** What the client is told of a failed call. */
export function doorErrorOf({ kind, message, facts }: ModelError): DoorError {
  const [status, code] = answers[kind];
  return new DoorError(status, code, message, facts.until ? { retryAt: facts.until } : {});
}
