import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { StageError } from '@waybill/jobs';
import { Agent } from 'undici';

/** Says whether this service may connect to an address. */
export type AddressPolicy = (address: string) => boolean;

const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 20_000;

/**
 * HTTP connections that only reach addresses which the policy allows. The address that was checked is the one that
 * is connected to: a name that resolves differently the second time gains nothing.
 */
export const guardedAgent = (isAllowed: AddressPolicy): Agent =>
  new Agent({
    headersTimeout: silenceTimeoutMs,
    bodyTimeout: silenceTimeoutMs,
    connect: { timeout: connectTimeoutMs, lookup: guardedLookup(isAllowed) },
  });

const guardedLookup =
  (isAllowed: AddressPolicy): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error, []);
      if (!addresses.every(({ address }) => isAllowed(address))) return callback(forbiddenAddress(hostname), []);
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };

/** Addresses written as numbers are connected to without a lookup. @throws StageError `document-fetch-failed` */
export function refuseForbiddenHost(url: URL, isAllowed: AddressPolicy): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw forbiddenAddress(url.hostname);
}

const forbiddenAddress = (host: string): StageError =>
  new StageError(
    'document-fetch-failed',
    `${host} is not on the public internet, and this service fetches from nowhere else; submit the bytes instead.`,
  );
