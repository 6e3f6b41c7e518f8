import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/** Says whether this service may connect to an address. */
export type AddressPolicy = (address: string) => boolean;

/** Makes the refusal of a host, in the words of whoever wanted to connect. */
export type Refusal = (host: string) => Error;

/** Port: every address that a name stands for. */
export type ResolveName = (
  hostname: string,
  options: Pick<LookupOptions, 'family' | 'hints'>,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Names as this system knows them. */
const systemNames: ResolveName = (hostname, options, callback) => lookup(hostname, { ...options, all: true }, callback);

/**
 * Resolves names for outgoing connections, and refuses those with any address that the policy does not allow. The
 * address that was checked is the one that is connected to: a name that resolves differently later gains nothing.
 */
export const guardedLookup =
  (isAllowed: AddressPolicy, refusal: Refusal, resolve: ResolveName = systemNames): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, options, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error, []);
      if (!addresses.every(({ address }) => isAllowed(address))) return callback(refusal(hostname), []);
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };

/** Hosts written as addresses are connected to without a lookup. @throws the refusal */
export function refuseForbiddenHost(url: URL, isAllowed: AddressPolicy, refusal: Refusal): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw refusal(url.hostname);
}
