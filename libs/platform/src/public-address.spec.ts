import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress } from './public-address.js';

const hex = (high: number, low: number): string => ((high << 8) | low).toString(16);

describe('a public address', () => {
  it.each([
    ['nothing at all', '0.0.0.0'],
    ['loopback', '127.0.0.1'],
    ['another loopback', '127.255.0.9'],
    ['private, of class A', '10.1.2.3'],
    ['private, of class B', '172.31.255.255'],
    ['private, of class C', '192.168.0.1'],
    ['shared behind a carrier', '100.64.0.1'],
    ['link local, where clouds keep their metadata', '169.254.169.254'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['metadata of Oracle', '192.0.0.192'],
    ['the wire server of Azure', '168.63.129.16'],
    ['for measurements', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['loopback in IPv6', '::1'],
    ['nothing in IPv6', '::'],
    ['loopback as IPv4-compatible', '::7f00:1'],
    ['loopback as IPv4-mapped', '::ffff:127.0.0.1'],
    ['loopback as IPv4-translated', '::ffff:0:7f00:1'],
    ['loopback behind NAT64', '64:ff9b::7f00:1'],
    ['loopback behind a NAT64 of one’s own', '64:ff9b:1::7f00:1'],
    ['loopback in 6to4', '2002:7f00:1::'],
    ['Teredo', '2001::7f00:1'],
    ['unique local, where Amazon keeps its metadata', 'fd00:ec2::254'],
    ['link local in IPv6', 'fe80::1'],
    ['link local with its interface', 'fe80::1%eth0'],
    ['site local', 'fec0::1'],
    ['discarded', '100::1'],
    ['outside of what is handed out', '4000::1'],
    ['no address', 'localhost'],
  ])('is not one that is %s: %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '168.63.129.17', '2606:4700::1111', '2a00:1450:4001::5'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it('never carries an IPv4 address inside IPv6 past the rules', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const carriers = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', '2001::', 'fe80::5efe:'];
    fc.assert(
      fc.property(byte, byte, byte, byte, fc.constantFrom(...carriers), (a, b, c, d, carrier) => {
        const inside = isPublicAddress(`${a}.${b}.${c}.${d}`);
        const carried = isPublicAddress(`${carrier}${hex(a, b)}:${hex(c, d)}`);
        expect(carried && !inside).toBe(false);
      }),
    );
  });
});
