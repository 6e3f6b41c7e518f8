import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, publicLookup, refusePrivateHost } from './public-lookup.js';

describe('addresses of callbacks', () => {
  it.each(['8.8.8.8', '2606:4700:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['http://127.0.0.1/', 'http://[::1]:8080/', 'http://[::ffff:10.0.0.1]/', 'http://2130706433/'])(
    'refuses %s before connecting',
    (url) => {
      expect(() => refusePrivateHost(new URL(url))).toThrow(/private network/);
    },
  );

  it('refuses a name that means a private address', async () => {
    const error = await new Promise((resolve) => publicLookup('localhost', { all: true }, resolve));
    expect(String(error)).toMatch(/localhost is in a private network; set WAYBILL_WEBHOOK_TARGETS=any/);
  });
});
