import { setTimeout as delay } from 'node:timers/promises';
import { tenantHeader } from '@waybill/contracts';
import type { ZodType } from 'zod';
import { delayBeforeRetryMs, retryAfterMs } from './retry-after.js';
import { errorOfAnswer, WaybillError } from './waybill-error.js';

export interface HttpOptions {
  /** The base address of the front door, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`: an API key or a token. */
  readonly apiKey?: string | undefined;
  /** Another tenant than the credential's, which only the operator may name. */
  readonly tenant?: string | undefined;
  /** How often one request is sent at most, when nobody answers or the answer says to come back; 5 unless said. */
  readonly maxAttempts?: number;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's own. */
  readonly maxAttempts?: number;
}

/** Requests to one Waybill, repeated while the failure is a passing one. Only what may be repeated is sent through it. */
export class WaybillHttp {
  readonly #baseUrl: string;

  constructor(private readonly options: HttpOptions) {
    this.#baseUrl = options.url.replace(/\/+$/, '');
  }

  /** @throws WaybillError, or the signal's reason. */
  async json<T>(schema: ZodType<T>, path: string, request: HttpRequest = {}): Promise<T> {
    const response = await this.send(path, request);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    throw new WaybillError(
      'not-understood',
      `${this.#baseUrl}${path} answered with something this version does not understand (${what}); check that the address is Waybill's and of the same version.`,
      { status: response.status },
    );
  }

  /** @throws WaybillError, or the signal's reason. */
  async send(path: string, request: HttpRequest = {}): Promise<Response> {
    const { signal, maxAttempts = this.options.maxAttempts ?? 5 } = request;
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      const answer = await this.#once(path, request);
      if (!('error' in answer)) return answer.response;
      if (!answer.error.isPassing || attempt >= maxAttempts) throw answer.error;
      const waitMs = delayBeforeRetryMs(attempt, answer.askedMs, Math.random());
      await delay(waitMs, undefined, { signal });
    }
  }

  async #once(
    path: string,
    request: HttpRequest,
  ): Promise<{ response: Response } | { error: WaybillError; askedMs?: number | undefined }> {
    const { method = 'GET', query = {}, body, headers = {}, signal } = request;
    const url = new URL(`${this.#baseUrl}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: { ...this.#credentials(), ...headers },
        body: body ?? null,
        signal: signal ?? null,
      });
    } catch (cause) {
      signal?.throwIfAborted();
      return { error: unreachable(this.#baseUrl, cause) };
    }
    if (response.ok) return { response };
    const error = errorOfAnswer(response.status, await response.text(), `${method} ${url.pathname}`);
    return { error, askedMs: retryAfterMs(response.headers.get('retry-after'), Date.now()) };
  }

  #credentials(): Record<string, string> {
    const { apiKey, tenant } = this.options;
    return {
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      ...(tenant === undefined ? {} : { [tenantHeader]: tenant }),
    };
  }
}

function unreachable(baseUrl: string, cause: unknown): WaybillError {
  const sentence = `Nothing answers at ${baseUrl} (${reasonOf(cause)}); start Waybill with \`waybill up\`, or correct the address.`;
  return new WaybillError('unreachable', sentence, { cause });
}

/** fetch hides why it failed in the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause, code, message } = error as { cause?: unknown; code?: string; message?: string };
  return cause === undefined || cause === null ? (code ?? message ?? 'unknown reason') : reasonOf(cause);
}
