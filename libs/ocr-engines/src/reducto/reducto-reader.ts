import { FormData } from 'undici';
import type { HostedPage, HostedReader, HostedReading, PictureLimits } from '../hosted/hosted-reader.js';
import { parseAnswer } from '../hosted/parse-answer.js';
import { ProviderExchange } from '../hosted/provider-exchange.js';
import { retryAfterMs } from '../hosted/retry-after.js';
import { wait } from '../hosted/wait.js';
import {
  type FullResult,
  jobSchema,
  type Parsed,
  parseAnswerSchema,
  reductoRefusal,
  storedResultSchema,
  uploadSchema,
} from './reducto-answer.js';
import { reductoReading } from './reducto-reading.js';

export interface ReductoOptions {
  readonly endpoint: string;
  readonly key: string;
}

/** Between questions about a job, where the service does not say how long to wait. */
const pollMs = 1_000;

/** Reducto: the page is uploaded, then parsed; an answer that is only a job is asked for until it has ended. */
export class ReductoReader implements HostedReader {
  /** Of a direct upload. */
  readonly limits: PictureLimits = { bytes: 100 * 1_000_000, side: 20_000, leastSide: 16, pixels: 100_000_000 };
  readonly #exchange: ProviderExchange;
  readonly #options: ReductoOptions;

  constructor(options: ReductoOptions) {
    this.#options = options;
    this.#exchange = new ProviderExchange({ provider: 'Reducto', secrets: [options.key], refusalOf: reductoRefusal });
  }

  async read(page: HostedPage): Promise<HostedReading> {
    const { signal } = page;
    const answer = await this.#exchange.send({
      method: 'POST',
      url: this.#url('/parse'),
      headers: { ...this.#access(), 'content-type': 'application/json' },
      body: JSON.stringify({
        input: await this.#upload(page),
        // Summaries and agentic modes are charged for, and rewrite what stands on the page.
        enhance: { agentic: [], summarize_figures: false },
        retrieval: { chunking: { chunk_mode: 'disabled' } },
        formatting: { table_output_format: 'md' },
        settings: { extraction_mode: 'ocr', return_ocr_data: true },
      }),
      signal,
    });
    const given = parseAnswer(parseAnswerSchema, answer.json, this.#exchange);
    const parsed = 'result' in given ? given : await this.#jobResult(given.job_id, signal);
    return reductoReading(await this.#fullResult(parsed, signal), parsed.usage);
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }

  async #upload({ picture, signal }: HostedPage): Promise<string> {
    const form = new FormData();
    const name = picture.mediaType === 'image/png' ? 'page.png' : 'page.jpg';
    form.append('file', new Blob([Uint8Array.from(picture.bytes)], { type: picture.mediaType }), name);
    const answer = await this.#exchange.send({
      method: 'POST',
      url: this.#url('/upload'),
      headers: this.#access(),
      body: form,
      signal,
    });
    return parseAnswer(uploadSchema, answer.json, this.#exchange).file_id;
  }

  async #jobResult(jobId: string, signal: AbortSignal): Promise<Parsed> {
    const url = this.#url(`/job/${encodeURIComponent(jobId)}`);
    let waitMs = pollMs;
    for (;;) {
      await wait(waitMs, signal);
      const answer = await this.#exchange.send({ method: 'GET', url, headers: this.#access(), signal });
      const job = parseAnswer(jobSchema, answer.json, this.#exchange);
      if (job.status === 'Completed') return job.result;
      if ('reason' in job) throw this.#exchange.failure('page-refused', job.reason ?? `the job is ${job.status}`);
      waitMs = retryAfterMs(answer.header('retry-after'), new Date()) ?? pollMs;
    }
  }

  /** Long results lie at an address of their own, which is signed: the key does not go there. */
  async #fullResult({ result }: Parsed, signal: AbortSignal): Promise<FullResult> {
    if (result.type === 'full') return result;
    const stored = await this.#exchange.send({ method: 'GET', url: result.url, signal });
    return parseAnswer(storedResultSchema, stored.json, this.#exchange);
  }

  #url(path: string): URL {
    return new URL(path, this.#options.endpoint);
  }

  #access(): Record<string, string> {
    return { authorization: `Bearer ${this.#options.key}` };
  }
}
