import ipaddr from 'ipaddr.js';

/** What the open internet hands out in IPv6 (RFC 4291, section 2.4); whatever lies outside is local, mapped or reserved. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Metadata and control services of clouds that have an ordinary public address: Azure's WireServer. */
const cloudServices = new Set(['168.63.129.16']);

/**
 * True for addresses on the open internet. Everything else is refused: loopback, private and shared networks, link
 * local (where clouds keep their metadata), multicast, reserved ranges, and IPv6 forms that carry such an address
 * (IPv4-mapped, IPv4-compatible, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` unwraps IPv4 inside IPv6 (::ffff:127.0.0.1).
  const found = ipaddr.process(address);
  if (found.range() !== 'unicast' || cloudServices.has(found.toString())) return false;
  return found.kind() === 'ipv4' || found.match(globalUnicast);
}
