import type { Readable } from 'node:stream';
import type { BlobReference, Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { request, type Dispatcher } from 'undici';
import type { StoreDocuments } from '../submission/store-documents.js';
import { refuseForbiddenHost, type AddressPolicy } from '@waybill/platform';
import { forbiddenAddress, guardedAgent } from './guarded-agent.js';

const maxRedirects = 5;
const fetchTimeoutMs = 60_000;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const retryableStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const maxRetryAfterMs = 300_000;

/** Fetches documents by web address into the store, without holding them. */
export class FetchDocument {
  private readonly agent: Dispatcher;

  constructor(
    private readonly documents: StoreDocuments,
    private readonly isAllowed: AddressPolicy,
  ) {
    this.agent = guardedAgent(isAllowed);
  }

  /** @throws StageError `document-fetch-failed` (retryable when another attempt may help), `too-large`, `unavailable` */
  async fetch(tenant: Tenant, address: string, signal: AbortSignal): Promise<BlobReference> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(fetchTimeoutMs)]);
    const url = new URL(address);
    const body = await this.open(url, limit);
    try {
      return await this.documents.upload(tenant, body);
    } catch (error) {
      throw fetchFailure(shown(url), error);
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
      await response.body.dump();
      if (typeof location !== 'string' || !URL.canParse(location, url.href)) {
        throw new StageError('document-fetch-failed', `${shown(url)} redirects to nowhere; submit its final address.`);
      }
      url = new URL(location, url);
    }
    throw new StageError('document-fetch-failed', `${shown(start)} redirects more than ${maxRedirects} times.`);
  }

  private async get(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new StageError('document-fetch-failed', `${shown(url)} is no web address; submit one with http or https.`);
    }
    if (url.username || url.password) {
      throw new StageError('document-fetch-failed', `${shown(url)} carries credentials; submit one that needs none.`);
    }
    refuseForbiddenHost(url, this.isAllowed, forbiddenAddress);
    try {
      const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'waybill' };
      return await request(url, { dispatcher: this.agent, signal, headers });
    } catch (error) {
      throw fetchFailure(shown(url), error);
    }
  }
}

async function acceptedBody(url: URL, { statusCode, headers, body }: Dispatcher.ResponseData): Promise<Readable> {
  if (statusCode === 200) return body;
  await body.dump();
  const retryable = retryableStatuses.has(statusCode);
  const advice = retryable ? '' : '; submit an address that can be read without signing in';
  throw new StageError('document-fetch-failed', `${shown(url)} answered with status ${statusCode}${advice}.`, {
    retryable,
    retryAfterMs: retryable ? retryAfterMs(headers['retry-after']) : undefined,
  });
}

function retryAfterMs(header: string | string[] | undefined): number | undefined {
  const seconds = Number(header);
  return header !== undefined && seconds >= 0 ? Math.min(seconds * 1_000, maxRetryAfterMs) : undefined;
}

/** Query strings may carry secrets, so they are left out of what people read. */
const shown = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`;

function fetchFailure(address: string, error: unknown): unknown {
  if (error instanceof StageError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StageError('document-fetch-failed', `${address} could not be fetched (${reason}).`, {
    retryable: true,
    cause: error,
  });
}
