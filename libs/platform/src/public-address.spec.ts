import { describe, expect, it } from '@jest/globals';
import { isPublicAddress } from './public-address.js';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1::1', '::ffff:8.8.8.8'])('allows %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['0.0.0.0', 'this host'],
    ['10.1.2.3', 'private'],
    ['100.64.0.1', 'shared'],
    ['100.100.100.200', 'metadata of a cloud'],
    ['127.0.0.1', 'loopback'],
    ['127.8.9.1', 'loopback'],
    ['169.254.169.254', 'metadata of most clouds'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['192.0.2.1', 'documentation'],
    ['198.18.0.1', 'benchmarks'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['240.0.0.1', 'reserved'],
    ['::', 'this host'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback inside IPv6'],
    ['::ffff:7f00:1', 'loopback inside IPv6'],
    ['64:ff9b::7f00:1', 'translated loopback'],
    ['2002:7f00:1::', '6to4 of loopback'],
    ['fd00:ec2::254', 'metadata over IPv6'],
    ['fe80::1', 'link local'],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'documentation'],
    ['not-an-address', 'no address'],
    ['', 'no address'],
  ])('refuses %s (%s)', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
