import { openAsBlob } from 'node:fs';
import { followJob, parseServerSentEvents, type ServerSentEvent } from '@waybill/client';
import {
  acceptanceViewSchema,
  auditListViewSchema,
  budgetListViewSchema,
  budgetViewSchema,
  deadLetterListViewSchema,
  jobListViewSchema,
  jobViewSchema,
  purgeViewSchema,
  receiptsPurgeViewSchema,
  replayViewSchema,
  resultViewSchema,
  routeViewSchema,
  tenantHeader,
  usageViewSchema,
  type AcceptanceView,
  type AuditListView,
  type BudgetListView,
  type BudgetView,
  type BudgetWish,
  type DeadLetterListView,
  type JobEventView,
  type JobListView,
  type JobView,
  type PurgeView,
  type ResultView,
  type ReceiptsPurgeView,
  type RouteView,
  type SubmissionInput,
  type UsageView,
} from '@waybill/contracts';
import { Agent, fetch, FormData, type BodyInit, type Response } from 'undici';
import type { ZodType } from 'zod';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { problemError } from './problem-error.js';

export type RenderedFormat = 'markdown' | 'html' | 'text' | 'csv';

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Who asks, and for whom. */
export interface Credentials {
  readonly apiKey?: string | undefined;
  /** Another tenant than the key's, which only the operator may name. */
  readonly tenant?: string | undefined;
}

/** Waybill's REST API for the terminal. Every failure is a CliError with a sentence for its reader. */
export class ApiClient {
  readonly #agent = new Agent({ bodyTimeout: 0, headersTimeout: 120_000, connect: { timeout: 5_000 } });
  readonly #baseUrl: string;

  constructor(
    baseUrl: string,
    private readonly credentials: Credentials = {},
  ) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
  }

  get url(): string {
    return this.#baseUrl;
  }

  /** Streams one file from the disk; the submission refers to it as the upload `document`. */
  async submitFile(
    submission: Omit<SubmissionInput, 'documents'>,
    file: { readonly path: string; readonly name: string },
    signal?: AbortSignal,
  ): Promise<AcceptanceView> {
    const form = new FormData();
    const documents = [{ upload: 'document', name: file.name }];
    form.append('submission', new Blob([JSON.stringify({ ...submission, documents })], { type: 'application/json' }));
    form.append('document', await openAsBlob(file.path), file.name);
    return this.#json(acceptanceViewSchema, '/v1/jobs', { method: 'POST', body: form, signal });
  }

  /** The job now, or as soon as it has ended when that is within `waitSeconds`. */
  job(id: string, waitSeconds?: number, signal?: AbortSignal): Promise<JobView> {
    const query = waitSeconds === undefined ? {} : { wait: `${waitSeconds}s` };
    return this.#json(jobViewSchema, jobPath(id), { query, signal });
  }

  jobs(query: RequestOptions['query']): Promise<JobListView> {
    return this.#json(jobListViewSchema, '/v1/jobs', { query: query ?? {} });
  }

  result(id: string): Promise<ResultView> {
    return this.#json(resultViewSchema, `${jobPath(id)}/result`);
  }

  route(id: string): Promise<RouteView> {
    return this.#json(routeViewSchema, `${jobPath(id)}/route`);
  }

  async rendered(id: string, format: RenderedFormat): Promise<string> {
    return (await this.#request(`${jobPath(id)}/${format}`)).text();
  }

  /** Removes every copy of the job. Needs scope `admin`. */
  purge(id: string): Promise<PurgeView> {
    return this.#json(purgeViewSchema, jobPath(id), { method: 'DELETE', query: { purge: 'true' } });
  }

  /** Removes receipts of chats that began before the moment. Needs scope `admin`. */
  purgeReceipts(before: Date): Promise<ReceiptsPurgeView> {
    const query = { before: before.toISOString() };
    return this.#json(receiptsPurgeViewSchema, '/v1/receipts', { method: 'DELETE', query });
  }

  audit(query: { readonly job?: string | undefined; readonly limit?: number }): Promise<AuditListView> {
    return this.#json(auditListViewSchema, '/v1/audit', { query });
  }

  cancel(id: string): Promise<JobView> {
    return this.#json(jobViewSchema, `${jobPath(id)}/cancel`, { method: 'POST' });
  }

  /** The life of a job from its first event to its last, each once, over broken connections. */
  follow(id: string, signal: AbortSignal): AsyncGenerator<JobEventView> {
    return followJob(this, id, signal, isRefusal);
  }

  /** The job's events after one that was seen before; ends when the server ends the stream. */
  async *events(id: string, afterEventId: string | undefined, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    const headers = {
      accept: 'text/event-stream',
      ...(afterEventId === undefined ? {} : { 'last-event-id': afterEventId }),
    };
    const response = await this.#request(`${jobPath(id)}/events`, { headers, signal });
    if (response.body !== null) yield* parseServerSentEvents(response.body);
  }

  deadLetters(query: RequestOptions['query']): Promise<DeadLetterListView> {
    return this.#json(deadLetterListViewSchema, '/v1/dead-letters', { query: query ?? {} });
  }

  /** The dead letter with its original message, as the service shows it. */
  async deadLetter(id: string): Promise<unknown> {
    return (await this.#request(`/v1/dead-letters/${encodeURIComponent(id)}`)).json();
  }

  replayDeadLetter(id: string): Promise<{ replayed: true; subject: string }> {
    return this.#json(replayViewSchema, `/v1/dead-letters/${encodeURIComponent(id)}/replay`, { method: 'POST' });
  }

  usage(query: RequestOptions['query']): Promise<UsageView> {
    return this.#json(usageViewSchema, '/v1/usage', { query: query ?? {} });
  }

  async usageCsv(query: RequestOptions['query']): Promise<string> {
    return (await this.#request('/v1/usage', { query: { ...query, format: 'csv' } })).text();
  }

  budgets(): Promise<BudgetListView> {
    return this.#json(budgetListViewSchema, '/v1/budgets');
  }

  setBudget(name: string, wish: BudgetWish): Promise<BudgetView> {
    const body = JSON.stringify(wish);
    return this.#json(budgetViewSchema, budgetPath(name), { method: 'PUT', body, headers: jsonBody });
  }

  async removeBudget(name: string): Promise<void> {
    await this.#request(budgetPath(name), { method: 'DELETE' });
  }

  /** Whether the service says that it can work: the status of its readiness address. */
  async readiness(signal?: AbortSignal): Promise<number> {
    const response = await fetch(`${this.#baseUrl}/readyz`, { dispatcher: this.#agent, signal: signal ?? null });
    await response.arrayBuffer();
    return response.status;
  }

  /** Lets go of idle connections, so that the process can end. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #json<T>(schema: ZodType<T>, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.#request(path, options);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new CliError(
      exitCodes.unavailable,
      `${this.#baseUrl}${path} answered with something this version does not understand (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}); check that the address is Waybill's and of the same version.`,
    );
  }

  #credentialHeaders(): Record<string, string> {
    const { apiKey, tenant } = this.credentials;
    return {
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      ...(tenant === undefined ? {} : { [tenantHeader]: tenant }),
    };
  }

  async #request(path: string, options: RequestOptions = {}): Promise<Response> {
    const { method = 'GET', query = {}, body, headers = {}, signal } = options;
    const url = new URL(`${this.#baseUrl}${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`);
    const response = await fetch(url, {
      method,
      headers: { accept: '*/*', ...this.#credentialHeaders(), ...headers },
      body: body ?? null,
      signal: signal ?? null,
      dispatcher: this.#agent,
    }).catch((error: unknown) => {
      if (signal?.aborted === true) throw error;
      throw unreachable(this.#baseUrl, error);
    });
    if (!response.ok) throw problemError(response.status, await response.text(), `${method} ${url.pathname}`);
    return response;
  }
}

const jsonBody = { 'content-type': 'application/json' };
const budgetPath = (name: string): string => `/v1/budgets/${encodeURIComponent(name)}`;
const jobPath = (id: string): string => `/v1/jobs/${encodeURIComponent(id)}`;

/** An absent or overloaded service may come back; a refusal stays one. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof CliError)) return false;
  const passing: readonly number[] = [exitCodes.unavailable, exitCodes.tryLater];
  return !passing.includes(error.exitCode);
}

function unreachable(baseUrl: string, error: unknown): CliError {
  return new CliError(
    exitCodes.unavailable,
    `Nothing answers at ${baseUrl} (${reasonOf(error)}); start Waybill with \`waybill up\`, or name another address with --url or WAYBILL_URL.`,
    { cause: error },
  );
}

/** fetch hides why it failed in the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause, code, message } = error as { cause?: unknown; code?: string; message?: string };
  return cause === undefined || cause === null ? (code ?? message ?? 'unknown reason') : reasonOf(cause);
}
