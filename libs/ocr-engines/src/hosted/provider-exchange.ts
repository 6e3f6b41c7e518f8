import { StageError } from '@waybill/jobs';
import { Agent, type Dispatcher, type FormData, request } from 'undici';
import { problemOfStatus, type ProviderProblem, providerFailure } from './provider-failure.js';
import { retryAfterMs } from './retry-after.js';

export interface ProviderCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | FormData;
  readonly signal: AbortSignal;
}

export interface ProviderAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  /** Parsed JSON; undefined for an empty body. */
  readonly json: unknown;
}

/** What a refusal says, in the provider's own words. */
export interface ProviderRefusal {
  readonly problem?: ProviderProblem;
  readonly detail?: string;
  readonly retryAfterMs?: number;
}

export interface ExchangeOptions {
  /** The provider's name for people. */
  readonly provider: string;
  /** What must never stand in a message. */
  readonly secrets: readonly string[];
  /** Reads the provider's error body; what it leaves out is taken from the HTTP status. */
  readonly refusalOf: (status: number, json: unknown) => ProviderRefusal;
}

/** Words and boxes of the fullest page are a few megabytes. */
const mostAnswerBytes = 64 * 1_048_576;

/** Speaks JSON over HTTP with one provider, and translates what goes wrong once. Follows no redirects. */
export class ProviderExchange {
  readonly #agent = new Agent({ connections: 64, headersTimeout: 0, bodyTimeout: 0 });
  #closing: Promise<void> | undefined;

  constructor(private readonly options: ExchangeOptions) {}

  /** The answer to a call, when its status is below 300. Rejects with a `StageError`, or with the signal's reason. */
  async send({ method, url, headers, body, signal }: ProviderCall): Promise<ProviderAnswer> {
    signal.throwIfAborted();
    try {
      const answer = await request(url, { dispatcher: this.#agent, method, headers, body: body ?? null, signal });
      const text = await this.#textOf(answer.body);
      const header = (name: string): string | undefined => [answer.headers[name] ?? []].flat()[0];
      const json = parsed(text);
      if (answer.statusCode >= 300) throw this.#refusal(answer.statusCode, json, header('retry-after'));
      if (json === undefined && text.trim() !== '') throw this.failure('malformed', 'its answer is no JSON');
      return { status: answer.statusCode, header, json };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof StageError) throw error;
      throw this.failure('away', error instanceof Error ? error.message : String(error), error);
    }
  }

  /** A failure in this provider's name, without its secrets. */
  failure(problem: ProviderProblem, detail?: string, cause?: unknown): StageError {
    return providerFailure(problem, { ...this.#words(detail), cause });
  }

  /** May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#agent.destroy();
    return this.#closing;
  }

  #refusal(status: number, json: unknown, retryAfter: string | undefined): StageError {
    const said = this.options.refusalOf(status, json);
    return providerFailure(said.problem ?? problemOfStatus(status), {
      ...this.#words(`${status}${said.detail ? `: ${said.detail}` : ''}`),
      retryAfterMs: said.retryAfterMs ?? retryAfterMs(retryAfter, new Date()),
    });
  }

  #words(detail: string | undefined): { provider: string; detail?: string } {
    const { provider, secrets } = this.options;
    if (detail === undefined) return { provider };
    return { provider, detail: secrets.reduce((text, secret) => text.replaceAll(secret, '…'), detail) };
  }

  async #textOf(body: Dispatcher.ResponseData['body']): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostAnswerBytes)
        throw this.failure('malformed', `its answer is longer than ${mostAnswerBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
