import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { StageError } from '@waybill/jobs';
import type { MasterKeys, WrappedKey } from './master-keys.js';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';

/** A new master key, as it is written into the environment or a file: 32 random bytes in base64. */
export const newMasterKey = (): string => randomBytes(keyBytes).toString('base64');

/** Master keys in this process's memory. Their names are digests, which tell nothing about 32 random bytes. */
export class LocalMasterKeys implements MasterKeys {
  readonly current: string;
  private readonly keys: ReadonlyMap<string, Uint8Array>;

  /** @param keys the current one first */
  constructor(keys: readonly [Uint8Array, ...Uint8Array[]]) {
    this.keys = new Map(keys.map((key) => [nameOf(key), key]));
    this.current = nameOf(keys[0]);
  }

  knows(masterKey: string): boolean {
    return this.keys.has(masterKey);
  }

  async wrap(dataKey: Uint8Array, context: string): Promise<WrappedKey> {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.keyNamed(this.current), nonce).setAAD(contextBytes(context));
    const bytes = Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
    return { masterKey: this.current, wrapped: bytes.toString('base64') };
  }

  async unwrap({ masterKey, wrapped }: WrappedKey, context: string): Promise<Uint8Array> {
    const key = this.keyNamed(masterKey);
    const bytes = Buffer.from(wrapped, 'base64');
    try {
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(contextBytes(context)).setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    } catch (error) {
      const sentence = `A data key is not what the master key ${masterKey} has wrapped; restore the stream WAYBILL_DATA_KEYS from a backup.`;
      throw new StageError('unavailable', sentence, { retryable: true, cause: error });
    }
  }

  private keyNamed(name: string): Uint8Array {
    const key = this.keys.get(name);
    if (key) return key;
    const sentence = `What is stored here was encrypted under the master key ${name}, and the keys given are ${[...this.keys.keys()].join(', ')}; add it to WAYBILL_MASTER_KEY or WAYBILL_MASTER_KEY_FILE.`;
    throw new StageError('unavailable', sentence, { retryable: true });
  }
}

const nameOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 12);
const contextBytes = (context: string): Buffer => Buffer.from(`waybill data key 1\0${context}`);
