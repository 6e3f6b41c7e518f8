import type { HostedPage, HostedReader, HostedReading, PictureLimits } from '../hosted/hosted-reader.js';
import { parseAnswer } from '../hosted/parse-answer.js';
import { ProviderExchange, type ProviderAnswer } from '../hosted/provider-exchange.js';
import { retryAfterMs } from '../hosted/retry-after.js';
import { wait } from '../hosted/wait.js';
import { type AnalyzeResult, azureRefusal, operationSchema } from './azure-answer.js';
import { azureReading } from './azure-reading.js';

export const apiVersion = '2024-11-30';

export interface AzureOptions {
  readonly endpoint: string;
  readonly key: string;
  readonly model: string;
}

/** Between questions about an analysis, where the service does not say how long to wait. */
const pollMs = 1_000;

/** Azure AI Document Intelligence v4: an analysis is begun, then asked for until it has ended. */
export class AzureReader implements HostedReader {
  /** Of the paid tier (S0). The free tier takes 4 MB, and refuses more with its own error. */
  readonly limits: PictureLimits = { bytes: 500 * 1_000_000, side: 10_000, leastSide: 50, pixels: 100_000_000 };
  readonly #exchange: ProviderExchange;
  readonly #options: AzureOptions;

  constructor(options: AzureOptions) {
    this.#options = options;
    const secrets = [options.key];
    this.#exchange = new ProviderExchange({
      provider: 'Azure Document Intelligence',
      secrets,
      refusalOf: azureRefusal,
    });
  }

  async read({ picture, signal }: HostedPage): Promise<HostedReading> {
    const begun = await this.#exchange.send({
      method: 'POST',
      url: this.#analyzeUrl(),
      headers: { ...this.#access(), 'content-type': picture.mediaType },
      body: picture.bytes,
      signal,
    });
    return azureReading(await this.#result(this.#operationUrl(begun), begun, signal));
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }

  async #result(url: URL, begun: ProviderAnswer, signal: AbortSignal): Promise<AnalyzeResult> {
    let answer = begun;
    for (;;) {
      await wait(retryAfterMs(answer.header('retry-after'), new Date()) ?? pollMs, signal);
      answer = await this.#exchange.send({ method: 'GET', url, headers: this.#access(), signal });
      const operation = parseAnswer(operationSchema, answer.json, this.#exchange);
      if (operation.status === 'succeeded') return operation.analyzeResult;
      if (operation.status === 'notStarted' || operation.status === 'running') continue;
      const { problem, detail } = azureRefusal(200, operation);
      throw this.#exchange.failure(problem ?? 'page-refused', detail ?? `the analysis is ${operation.status}`);
    }
  }

  #analyzeUrl(): URL {
    const { endpoint, model } = this.#options;
    const path = `documentintelligence/documentModels/${encodeURIComponent(model)}:analyze?api-version=${apiVersion}`;
    return new URL(path, endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
  }

  /** The key is sent there, so it must be the address that the operator named. */
  #operationUrl(begun: ProviderAnswer): URL {
    const location = begun.header('operation-location') ?? '';
    const url = URL.canParse(location) ? new URL(location) : undefined;
    if (url?.origin !== new URL(this.#options.endpoint).origin) {
      throw this.#exchange.failure('malformed', 'Operation-Location is missing or names another server');
    }
    return url;
  }

  #access(): Record<string, string> {
    return { 'ocp-apim-subscription-key': this.#options.key };
  }
}
