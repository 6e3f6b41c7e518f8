import { ConfigurationError, masterKeyText, type Environment } from '@waybill/platform';
import { LocalMasterKeys, MasterKeyRing, parseMasterKeys, type MasterKey, type MasterKeys } from '@waybill/sealing';

type KeyEnvironment = Pick<Environment, 'WAYBILL_MASTER_KEY' | 'WAYBILL_MASTER_KEY_FILE' | 'WAYBILL_KMS_ENDPOINT'>;

/** The master keys of the configuration; undefined when there are none. @throws ConfigurationError */
export async function masterKeysOf(environment: KeyEnvironment): Promise<MasterKeys | undefined> {
  const text = await masterKeyText(environment);
  if (text === undefined) return undefined;
  const [current, ...others] = parseMasterKeys(text) ?? [];
  if (!current) {
    throw new ConfigurationError(
      'The master key is neither 32 bytes in base64 nor the ARN of a key of AWS KMS (arn:aws:kms:REGION:ACCOUNT:key/ID); make one with `waybill secrets new`, and write the current one first.',
    );
  }
  return new MasterKeyRing([
    await keptBy(current, environment),
    ...(await Promise.all(others.map((key) => keptBy(key, environment)))),
  ]);
}

/** The client of AWS is only loaded where a key is there. */
async function keptBy(key: MasterKey, { WAYBILL_KMS_ENDPOINT: endpoint }: KeyEnvironment): Promise<MasterKeys> {
  if (key.kind === 'local') return new LocalMasterKeys([key.bytes]);
  const { AwsKmsMasterKey } = await import('./aws-kms/aws-kms-master-key.js');
  return new AwsKmsMasterKey(key.arn, { endpoint });
}
