import { describe, expect, it } from '@jest/globals';
import { awsKeysOf } from './aws-keys-of.js';

describe('keys of AWS', () => {
  it('are an id and a secret, with a token where they are temporary', () => {
    expect(awsKeysOf('AKIASIMULATED0000001:se/cret+')).toEqual({
      accessKeyId: 'AKIASIMULATED0000001',
      secretAccessKey: 'se/cret+',
    });
    expect(awsKeysOf('ASIASIMULATED0000001:secret:token==')).toMatchObject({ sessionToken: 'token==' });
  });

  it.each(['bedrock-api-key-abc', 'AKIASIMULATED0000001', 'AKIASIMULATED0000001:', 'not-an-id:secret'])(
    'are not in %s',
    (secret) => expect(awsKeysOf(secret)).toBeUndefined(),
  );
});
