import type { Scope, Tenant } from '@waybill/contracts';

/** A key as it is kept: everything but its secret. */
export interface KeyRecord {
  readonly id: string;
  readonly tenant: Tenant;
  /** What its owner calls it. */
  readonly name: string;
  /** SHA-256 of the whole key. */
  readonly digest: Buffer;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

/** A key with what is only for its owner to look at. */
export interface ListedKey extends KeyRecord {
  readonly lastUsedAt?: Date;
  /** The key that it replaces. */
  readonly rotatedFrom?: string;
}

/** Where services have the keys from. */
export interface KeyStore {
  /** All keys that can still be shown to somebody; ended ones, too, so that their owners are told. */
  load(): Promise<readonly KeyRecord[]>;
  /** Calls back after every change, and whenever changes may have been missed. */
  watch(onChange: () => void): KeyWatch;
  /** Writes down when keys were last used. */
  noteUses(uses: ReadonlyMap<string, Date>): Promise<void>;
}

export interface KeyWatch {
  /** May be called twice. */
  close(): Promise<void>;
}

/** Where operators keep keys. */
export interface KeyBook {
  add(key: Omit<ListedKey, 'lastUsedAt'>): Promise<void>;
  /** Newest first; of all tenants when none is named. */
  list(tenant?: Tenant): Promise<readonly ListedKey[]>;
  find(id: string): Promise<ListedKey | undefined>;
  /** Adds `successor` and lets the old key end at `endsAt`, or earlier if it would have; false when it has ended already. */
  replace(id: string, successor: Omit<ListedKey, 'lastUsedAt'>, endsAt: Date): Promise<boolean>;
  /** False when there is no such key, or it was revoked before. */
  revoke(id: string, at: Date): Promise<boolean>;
}
