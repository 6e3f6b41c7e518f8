import { describe, expect, it } from '@jest/globals';
import { guardedLookup, refuseForbiddenHost } from './guarded-lookup.js';
import { isPublicAddress } from './public-address.js';

const refusal = (host: string): Error => new Error(`${host} is refused`);

describe('outgoing connections', () => {
  it.each(['http://127.0.0.1/', 'http://[::1]:8080/', 'http://[::ffff:10.0.0.1]/', 'http://2130706433/'])(
    'refuse %s before connecting',
    (url) => {
      expect(() => refuseForbiddenHost(new URL(url), isPublicAddress, refusal)).toThrow(/is refused/);
    },
  );

  it('leave a name and a public address to the connection', () => {
    for (const url of ['https://example.org/', 'https://8.8.8.8/'])
      refuseForbiddenHost(new URL(url), isPublicAddress, refusal);
  });

  it('refuse a name that means a private address', async () => {
    const lookup = guardedLookup(isPublicAddress, refusal);
    const error = await new Promise((resolve) => lookup('localhost', { all: true }, resolve));
    expect(String(error)).toContain('localhost is refused');
  });

  it('resolve a name whose every address is allowed', async () => {
    const lookup = guardedLookup(() => true, refusal);
    const address = await new Promise((resolve) => lookup('localhost', {}, (_error, found) => resolve(found)));
    expect(['127.0.0.1', '::1']).toContain(address);
  });
});
