import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newMasterKey } from './local-master-keys.js';
import { parseMasterKeys } from './parse-master-keys.js';

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('master keys as they are written', () => {
  it('are 32 bytes in base64 each, or where AWS keeps them, the current one first', () => {
    const [one, other] = [newMasterKey(), newMasterKey()];
    const [first, second] = [one, other].map((key) => ({ kind: 'local', bytes: Buffer.from(key, 'base64') }));
    expect(parseMasterKeys(`# current\n${one}\n${other} # old\n`)).toEqual([first, second]);
    expect(parseMasterKeys(`${one},${other}`)).toEqual([first, second]);
    expect(parseMasterKeys(`${arn}, ${one}`)).toEqual([{ kind: 'aws-kms', arn }, first]);
    expect(parseMasterKeys(arn.replace(':aws:', ':aws-us-gov:'))).toHaveLength(1);
  });

  it.each([
    '',
    'secret',
    `${newMasterKey()},secret`,
    randomBytes(31).toString('base64'),
    `?${newMasterKey().slice(1)}`,
    // An alias may be another key tomorrow.
    'arn:aws:kms:eu-central-1:111122223333:alias/waybill',
    'arn:aws:s3:eu-central-1:111122223333:key/1234abcd',
  ])('are not "%s"', (text) => expect(parseMasterKeys(text)).toBeUndefined());
});
