import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import type { MasterKeys, WrappedKey } from '@waybill/sealing';
import { kmsFailure } from './kms-failure.js';

/** What differs from what AWS clients find by themselves. */
export interface KmsSettings {
  /** A VPC endpoint, or a server of one's own that speaks the protocol. */
  readonly endpoint?: string | undefined;
}

const connectTimeoutMs = 5_000;
const answerTimeoutMs = 10_000;

/**
 * One key of AWS KMS, which wraps and unwraps there and never comes out. The context of a data key is its encryption context, so it
 * stands readable in the logs of AWS: a tenant's name and the data key's id.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
 */
export class AwsKmsMasterKey implements MasterKeys {
  readonly #client: KMSClient;

  /** @param current the key's ARN: its alias may be another key tomorrow */
  constructor(
    readonly current: string,
    { endpoint }: KmsSettings = {},
  ) {
    this.#client = new KMSClient({
      region: regionOf(current),
      ...(endpoint === undefined ? {} : { endpoint }),
      maxAttempts: 3,
      requestHandler: { connectionTimeout: connectTimeoutMs, requestTimeout: answerTimeoutMs },
    });
  }

  knows(masterKey: string): boolean {
    return masterKey === this.current;
  }

  async wrap(dataKey: Uint8Array, context: string): Promise<WrappedKey> {
    const request = { KeyId: this.current, Plaintext: dataKey, EncryptionContext: contextOf(context) };
    const { CiphertextBlob: wrapped } = await this.#asked('wrap', () => this.#client.send(new EncryptCommand(request)));
    if (!wrapped) throw kmsFailure('wrap', this.current, new Error('the answer has no CiphertextBlob'));
    return { masterKey: this.current, wrapped: Buffer.from(wrapped).toString('base64') };
  }

  async unwrap({ wrapped }: WrappedKey, context: string): Promise<Uint8Array> {
    const request = {
      KeyId: this.current,
      CiphertextBlob: Buffer.from(wrapped, 'base64'),
      EncryptionContext: contextOf(context),
    };
    const { Plaintext: dataKey } = await this.#asked('unwrap', () => this.#client.send(new DecryptCommand(request)));
    if (!dataKey) throw kmsFailure('unwrap', this.current, new Error('the answer has no Plaintext'));
    return dataKey;
  }

  async #asked<Answer>(what: 'wrap' | 'unwrap', ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      throw kmsFailure(what, this.current, error);
    }
  }
}

const contextOf = (context: string): Record<string, string> => ({ 'waybill-data-key': context });

/** `arn:aws:kms:REGION:ACCOUNT:key/ID`. */
const regionOf = (arn: string): string => arn.split(':')[3] ?? '';
