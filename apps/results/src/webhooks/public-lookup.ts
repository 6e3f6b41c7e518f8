import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A callback that points to where outsiders must not send us. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor(host: string) {
    super(`The callback’s host ${host} is in a private network; set WAYBILL_WEBHOOK_TARGETS=any to post there.`);
  }
}

/** True for addresses that anybody on the internet could reach: no loopback, private, link-local or reserved ones. */
export const isPublicAddress = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

/** @throws PrivateAddressError for a URL whose host is an address that is not public; names are looked at in `publicLookup`. */
export function refusePrivateHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new PrivateAddressError(host);
}

/** Resolves names for the connection itself, so that a name cannot mean another address a moment later. */
export const publicLookup: LookupFunction = (host, options, callback) => {
  systemLookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (!first) return callback(new PrivateAddressError(host), []);
    return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
  });
};
