import { setTimeout as delay } from 'node:timers/promises';
import {
  acceptanceViewSchema,
  jobViewSchema,
  resultViewSchema,
  type AcceptanceView,
  type JobEventView,
  type JobView,
  type ResultView,
} from '@waybill/contracts';
import { newJobId } from '@waybill/jobs';
import { followJob } from './follow-job.js';
import { bodyOf } from './multipart-body.js';
import { parseServerSentEvents, type ServerSentEvent } from './server-sent-events.js';
import type { SubmissionWish } from './submission-wish.js';
import { WaybillError } from './waybill-error.js';
import { WaybillHttp, type HttpOptions } from './waybill-http.js';

export type ClientOptions = HttpOptions;
export type RenderedFormat = 'markdown' | 'html' | 'text' | 'csv';

export interface WaitOptions {
  /** Ends the waiting; the job goes on. `AbortSignal.timeout(60_000)` waits for a minute. */
  readonly signal?: AbortSignal;
}

/** One long poll; the API allows up to 60. */
const pollSeconds = 30;
/** For answers that come back at once although nothing has changed, as some proxies give them. */
const shortestPollMs = 500;

/**
 * Waybill over REST. Every failure is a `WaybillError` whose message says what to do; a signal that aborts throws its own
 * reason. Passing failures (nobody answers, 429, 502, 503, 504) are repeated after the `Retry-After` of the answer.
 */
export class WaybillClient {
  readonly #http: WaybillHttp;

  constructor(options: ClientOptions) {
    this.#http = new WaybillHttp(options);
  }

  /** Hands in documents. From the answer on nothing of the job is lost. */
  async submit(wish: SubmissionWish, options: WaitOptions = {}): Promise<AcceptanceView> {
    const sent = await bodyOf({ ...wish, id: wish.id ?? newJobId() });
    return this.#http.json(acceptanceViewSchema, '/v1/jobs', { method: 'POST', ...sent, ...options });
  }

  /** The job as it is now. */
  job(id: string, options: WaitOptions = {}): Promise<JobView> {
    return this.#http.json(jobViewSchema, jobPath(id), options);
  }

  /** The job as soon as it is final, in whatever state: look at `status` and `problems`. Asks by long polls. */
  async wait(id: string, { signal }: WaitOptions = {}): Promise<JobView> {
    for (;;) {
      const askedAtMs = performance.now();
      const query = { wait: `${pollSeconds}s` };
      const job = await this.#http.json(jobViewSchema, jobPath(id), { query, signal });
      if (job.finishedAt !== undefined) return job;
      const restMs = shortestPollMs - (performance.now() - askedAtMs);
      if (restMs > 0) await delay(restMs, undefined, { signal });
    }
  }

  /** What a finished job came to; before that it is refused as `job-not-final`. */
  result(id: string, options: WaitOptions = {}): Promise<ResultView> {
    return this.#http.json(resultViewSchema, `${jobPath(id)}/result`, options);
  }

  /** The pages of a finished job, to be read. */
  async rendered(id: string, format: RenderedFormat, options: WaitOptions = {}): Promise<string> {
    return (await this.#http.send(`${jobPath(id)}/${format}`, options)).text();
  }

  /** Drops what is not begun, aborts what runs; twice is harmless. A finished job is refused as `job-already-final`. */
  cancel(id: string, options: WaitOptions = {}): Promise<JobView> {
    return this.#http.json(jobViewSchema, `${jobPath(id)}/cancel`, { method: 'POST', ...options });
  }

  /** The job's life from its first event to its last, each once; a broken connection is resumed where it broke. */
  events(id: string, { signal }: WaitOptions = {}): AsyncGenerator<JobEventView> {
    const source = { events: this.#eventStream.bind(this) };
    const isFinal = (error: unknown): boolean => error instanceof WaybillError && !error.isPassing;
    return followJob(source, id, signal ?? new AbortController().signal, isFinal);
  }

  async *#eventStream(id: string, after: string | undefined, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    const headers = { accept: 'text/event-stream', ...(after === undefined ? {} : { 'last-event-id': after }) };
    const response = await this.#http.send(`${jobPath(id)}/events`, { headers, signal, maxAttempts: 1 });
    if (response.body !== null) yield* parseServerSentEvents(response.body);
  }
}

const jobPath = (id: string): string => `/v1/jobs/${encodeURIComponent(id)}`;
