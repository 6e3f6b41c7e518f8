import ipaddr from 'ipaddr.js';

/**
 * True for addresses on the open internet. Everything else is refused: loopback, private and shared networks, link
 * local (where clouds keep their metadata), multicast, reserved ranges, and IPv6 forms that carry such an address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` unwraps IPv4 inside IPv6 (::ffff:127.0.0.1).
  return ipaddr.process(address).range() === 'unicast';
}
