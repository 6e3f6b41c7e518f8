import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { simulateKms, type KmsSimulator } from '@waybill/provider-simulator';
import { MasterKeyRing, newMasterKey, type MasterKeys } from '@waybill/sealing';
import { masterKeysOf } from '../master-keys-of.js';

let kms: KmsSimulator;
const before = { ...process.env };

/** What AWS clients find by themselves. */
beforeAll(async () => {
  kms = await simulateKms();
  Object.assign(process.env, kms.environment);
});
afterAll(async () => {
  process.env = before;
  await kms?.server.stop();
});
afterEach(() => kms.keys.forEach((key) => kms.refuse(key, undefined)));

const keysOf = async (...entries: string[]): Promise<MasterKeys> => {
  const masters = await masterKeysOf({ WAYBILL_MASTER_KEY: entries.join(','), ...endpoint() });
  if (!masters) throw new Error('No master key was taken.');
  return masters;
};
const endpoint = () => ({ WAYBILL_MASTER_KEY_FILE: undefined, WAYBILL_KMS_ENDPOINT: kms.server.url });
const dataKey = randomBytes(32);

describe('a master key in AWS KMS', () => {
  it('wraps and unwraps there, bound to its context, and shows nothing of the data key', async () => {
    const [arn] = kms.keys;
    const masters = await keysOf(arn);
    expect(masters).toBeInstanceOf(MasterKeyRing);
    const wrapped = await masters.wrap(dataKey, 'acme/1');
    expect(wrapped.masterKey).toBe(arn);
    expect(wrapped.wrapped).not.toContain(dataKey.toString('base64'));
    expect(Buffer.from(await masters.unwrap(wrapped, 'acme/1'))).toEqual(dataKey);
    await expect(masters.unwrap(wrapped, 'beta/1')).rejects.toThrow(/InvalidCiphertextException; restore the stream/);
    const cut = { ...wrapped, wrapped: wrapped.wrapped.slice(0, -8) };
    await expect(masters.unwrap(cut, 'acme/1')).rejects.toThrow(/InvalidCiphertextException/);
  });

  it('takes over from one that was given, and gives over to another, while all of them unwrap', async () => {
    const local = newMasterKey();
    const [first, second] = kms.keys;
    const ofLocal = await (await keysOf(local)).wrap(dataKey, 'acme/1');
    const both = await keysOf(first, local);
    expect(both.current).toBe(first);
    expect(Buffer.from(await both.unwrap(ofLocal, 'acme/1'))).toEqual(dataKey);
    const ofFirst = await both.wrap(dataKey, 'acme/1');
    const later = await keysOf(second, first);
    expect((await later.wrap(dataKey, 'acme/1')).masterKey).toBe(second);
    expect(Buffer.from(await later.unwrap(ofFirst, 'acme/1'))).toEqual(dataKey);
    await expect(later.unwrap(ofLocal, 'acme/1')).rejects.toThrow(/was encrypted under the master key .* add it to/);
  });

  it.each([
    ['AccessDeniedException', /AccessDeniedException; allow kms:Encrypt and kms:Decrypt/],
    ['DisabledException', /enable the key/],
    ['KMSInvalidStateException', /cancel the deletion/],
    ['ThrottlingException', /ThrottlingException/],
  ])('that is refused with %s says what to do, and may be asked again', async (type, sentence) => {
    const [arn] = kms.keys;
    const masters = await keysOf(arn);
    kms.refuse(arn, type);
    await expect(masters.wrap(dataKey, 'acme/1')).rejects.toMatchObject({
      ...{ retryable: true, failure: { code: 'unavailable', message: expect.stringMatching(sentence) } },
    });
  });

  it('that is not there is told', async () => {
    const masters = await keysOf(kms.keys[0].replace('1234', '4321'));
    await expect(masters.wrap(dataKey, 'acme/1')).rejects.toThrow(/NotFoundException; correct the ARN/);
  });
});
