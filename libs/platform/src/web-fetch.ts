import type { Readable } from 'node:stream';
import { StageError } from '@waybill/jobs';
import { Agent, request, type Dispatcher } from 'undici';
import type { Environment } from './config.js';
import { guardedLookup, refuseForbiddenHost, type AddressPolicy, type ResolveName } from './guarded-lookup.js';
import { isPublicAddress } from './public-address.js';
import { shownAddress } from './shown-address.js';

const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 20_000;
const maxRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const retryableStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const maxRetryAfterMs = 300_000;

const policies: Readonly<Record<Environment['WAYBILL_URL_FETCH'], AddressPolicy>> = {
  off: () => false,
  public: isPublicAddress,
  any: () => true,
};

/** Where the operator lets this service fetch from. */
export const fetchPolicy = ({ WAYBILL_URL_FETCH }: Pick<Environment, 'WAYBILL_URL_FETCH'>): AddressPolicy =>
  policies[WAYBILL_URL_FETCH];

export interface WebFetchSettings {
  /** What names resolve by; as this system does when absent. */
  readonly resolve?: ResolveName;
  /** All that one fetch may take, with its redirects; a minute when absent. */
  readonly wholeTimeoutMs?: number;
}

/** Gets bytes from web addresses that strangers name, and only from hosts that the policy allows. */
export class WebFetch {
  private readonly agent: Dispatcher;

  constructor(
    private readonly isAllowed: AddressPolicy,
    private readonly settings: WebFetchSettings = {},
  ) {
    this.agent = new Agent({
      headersTimeout: silenceTimeoutMs,
      bodyTimeout: silenceTimeoutMs,
      connect: { timeout: connectTimeoutMs, lookup: guardedLookup(isAllowed, forbiddenAddress, settings.resolve) },
    });
  }

  /**
   * Reads what an address has, by `take`, which gets the bytes as they come and stops when it has enough.
   * @throws StageError `document-fetch-failed` (retryable when another attempt may help), and what `take` throws
   */
  async fetch<Taken>(address: string, signal: AbortSignal, take: (body: Readable) => Promise<Taken>): Promise<Taken> {
    const { wholeTimeoutMs = 60_000 } = this.settings;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(wholeTimeoutMs)]);
    const url = new URL(address);
    const body = await this.open(url, limit);
    try {
      return await take(body);
    } catch (error) {
      throw fetchFailure(url, error);
    } finally {
      body.destroy();
    }
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private async open(start: URL, signal: AbortSignal): Promise<Readable> {
    let url = start;
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const response = await this.get(url, signal);
      if (!redirectStatuses.has(response.statusCode)) return acceptedBody(url, response);
      const { location } = response.headers;
      letGo(response.body);
      if (typeof location !== 'string' || !URL.canParse(location, url.href)) {
        throw failed(`${shownAddress(url)} redirects to nowhere; submit its final address.`);
      }
      url = new URL(location, url);
    }
    throw failed(`${shownAddress(start)} redirects more than ${maxRedirects} times.`);
  }

  private async get(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw failed(`${shownAddress(url)} is no web address; submit one with http or https.`);
    }
    if (url.username || url.password) {
      throw failed(`${shownAddress(url)} carries credentials; submit one that needs none.`);
    }
    refuseForbiddenHost(url, this.isAllowed, forbiddenAddress);
    try {
      const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'waybill' };
      return await request(url, { dispatcher: this.agent, signal, headers });
    } catch (error) {
      throw fetchFailure(url, error);
    }
  }
}

function acceptedBody(url: URL, { statusCode, headers, body }: Dispatcher.ResponseData): Readable {
  if (statusCode === 200) return body;
  letGo(body);
  const retryable = retryableStatuses.has(statusCode);
  const advice = retryable ? '' : '; submit an address that can be read without signing in';
  throw new StageError('document-fetch-failed', `${shownAddress(url)} answered with status ${statusCode}${advice}.`, {
    retryable,
    retryAfterMs: retryable ? retryAfterMs(headers['retry-after']) : undefined,
  });
}

/** What a server says beside its answer may have no end, so nobody waits for it. */
function letGo(body: Readable): void {
  body.on('error', () => undefined).destroy();
}

function retryAfterMs(header: string | string[] | undefined): number | undefined {
  const seconds = Number(header);
  return header !== undefined && seconds >= 0 ? Math.min(seconds * 1_000, maxRetryAfterMs) : undefined;
}

const failed = (sentence: string): StageError => new StageError('document-fetch-failed', sentence);

const forbiddenAddress = (host: string): StageError =>
  failed(
    `${host} is not on the public internet, and this service fetches from nowhere else; submit the bytes instead.`,
  );

function fetchFailure(url: URL, error: unknown): unknown {
  if (error instanceof StageError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StageError('document-fetch-failed', `${shownAddress(url)} could not be fetched (${reason}).`, {
    retryable: true,
    cause: error,
  });
}
