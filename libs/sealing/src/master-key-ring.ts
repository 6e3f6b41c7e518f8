import { StageError } from '@waybill/jobs';
import type { MasterKeys, WrappedKey } from './master-keys.js';

/** Several master keys, whoever keeps each: the first one wraps, all of them unwrap. */
export class MasterKeyRing implements MasterKeys {
  /** @param members the current one first */
  constructor(private readonly members: readonly [MasterKeys, ...MasterKeys[]]) {}

  get current(): string {
    return this.members[0].current;
  }

  knows(masterKey: string): boolean {
    return this.members.some((member) => member.knows(masterKey));
  }

  async wrap(dataKey: Uint8Array, context: string): Promise<WrappedKey> {
    return await this.members[0].wrap(dataKey, context);
  }

  async unwrap(wrapped: WrappedKey, context: string): Promise<Uint8Array> {
    const member = this.members.find((one) => one.knows(wrapped.masterKey));
    if (member) return await member.unwrap(wrapped, context);
    const given = this.members.map((one) => one.current).join(', ');
    const sentence = `What is stored here was encrypted under the master key ${wrapped.masterKey}, and the keys given are ${given}; add it to WAYBILL_MASTER_KEY or WAYBILL_MASTER_KEY_FILE.`;
    throw new StageError('unavailable', sentence, { retryable: true });
  }
}
