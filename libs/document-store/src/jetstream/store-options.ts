import type { Sealer } from '@waybill/sealing';

export interface StoreOptions {
  readonly replicas: number;
  /** After this, bytes are gone. */
  readonly keepMs: number;
}

export interface SealedStoreOptions extends StoreOptions {
  /** Encrypts what is kept; as it is when absent. */
  readonly sealer?: Sealer;
}
