import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, loadEnvironment } from './config.js';

const sound = {
  WAYBILL_MODE: 'production',
  WAYBILL_MASTER_KEY_FILE: '/run/secrets/master-key',
  NATS_URL: 'tls://one.example:4222,tls://two.example:4222',
  DATABASE_URL: 'postgresql://waybill@db.example/waybill?sslmode=verify-full',
};

const bucket = { WAYBILL_DOCUMENT_STORE: 's3://papers/waybill', WAYBILL_S3_REGION: 'eu-central-1' };

function sentencesOf(changes: Record<string, string | undefined>): string[] {
  try {
    loadEnvironment({ ...sound, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
}

describe('production', () => {
  it('takes what is encrypted, verified and asks for keys', () => {
    expect(sentencesOf({})).toEqual([]);
  });

  it.each([
    [{ WAYBILL_AUTH: 'none' }, /WAYBILL_AUTH is none: anybody could ask/],
    [{ WAYBILL_MASTER_KEY_FILE: undefined }, /no master key: content would be stored unencrypted.*secrets new/],
    [{ NATS_URL: 'nats://one.example:4222' }, /NATS_URL is not tls:\/\/.*write it so/],
    [{ NATS_URL: 'tls://one.example,two.example' }, /NATS_URL is not tls:\/\//],
    [{ DATABASE_URL: 'postgresql://db.example/waybill' }, /no sslmode=verify-full.*add it/],
    [{ DATABASE_URL: 'postgresql://db.example/waybill?sslmode=require' }, /no sslmode=verify-full/],
    [{ DATABASE_URL: `${sound.DATABASE_URL}&uselibpqcompat=true` }, /no sslmode=verify-full/],
    [{ WAYBILL_OIDC_ISSUER: 'http://id.example', WAYBILL_OIDC_AUDIENCE: 'waybill' }, /not https/],
    [{ WAYBILL_NATS_CERT_FILE: '/client.pem' }, /certificate and its key go together/],
    [{ WAYBILL_KMS_ENDPOINT: 'http://kms.example' }, /WAYBILL_KMS_ENDPOINT is not https:\/\/.*write it so/],
    [{ ...bucket, WAYBILL_S3_ENDPOINT: 'http://s3.example' }, /WAYBILL_S3_ENDPOINT is not https:\/\/.*write it so/],
    [{ ...bucket, WAYBILL_S3_PUBLIC_ENDPOINT: 'http://s3.example' }, /WAYBILL_S3_PUBLIC_ENDPOINT is not https:\/\//],
    [{ WAYBILL_S3_PUBLIC_ENDPOINT: 'https://s3.example' }, /WAYBILL_DOCUMENT_STORE names none; name one/],
    [{ ...bucket, WAYBILL_S3_REGION: undefined }, /nothing says where that is; set WAYBILL_S3_REGION or/],
    [{ ...bucket, WAYBILL_S3_ACCESS_KEY_ID: 'AKID' }, /access key and its secret go together/],
  ])('refuses %j with one sentence', (changes, sentence) => {
    expect(sentencesOf(changes)).toEqual([expect.stringMatching(sentence)]);
    const inDevelopment = { ...changes, WAYBILL_MODE: 'development' };
    const isWrongAnywhere = /go together|nothing says where|names none/.test(sentence.source);
    if (!isWrongAnywhere) expect(sentencesOf(inDevelopment)).toEqual([]);
  });

  it('allows plain connections on this machine, and on a network that is said to be trusted', () => {
    const plain = { NATS_URL: 'nats://127.0.0.1:4222', DATABASE_URL: 'postgresql://localhost/waybill' };
    expect(sentencesOf(plain)).toEqual([]);
    expect(sentencesOf({ ...bucket, WAYBILL_S3_ENDPOINT: 'http://127.0.0.1:9000' })).toEqual([]);
    expect(sentencesOf({ ...bucket, WAYBILL_S3_ENDPOINT: 'https://s3.example' })).toEqual([]);
    const inCluster = { NATS_URL: 'nats://nats:4222', DATABASE_URL: 'postgresql://postgres/waybill' };
    expect(sentencesOf(inCluster)).toHaveLength(2);
    expect(sentencesOf({ ...inCluster, WAYBILL_SERVER_NETWORK: 'trusted' })).toEqual([]);
  });
});
