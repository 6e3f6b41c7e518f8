import { randomBytes } from 'node:crypto';
import type { DataKeyRecord, Tenant } from '@waybill/contracts';
import { StageError, type Clock } from '@waybill/jobs';
import type { KeptRecord, KeyBook } from './key-book.js';
import type { MasterKeys } from './master-keys.js';
import { keyContext, newDataKey } from './tenant-keys.js';

export interface RotationTools {
  readonly book: KeyBook;
  readonly masters: MasterKeys;
  readonly clock: Clock;
}

/** `wrapping` wraps the keys there are with the current master key; `data-keys` makes new ones for what comes, too. */
export type Rotation = 'wrapping' | 'data-keys';

const writeTries = 10;

/**
 * Brings every tenant's data keys under the current master key. What other processes write meanwhile is looked at again;
 * made again after an interruption it goes on. @returns how many tenants' keys were written
 */
export async function rotateKeys({ book, masters, clock }: RotationTools, rotation: Rotation): Promise<number> {
  let written = 0;
  for (const { record } of await book.all()) {
    if (record.keys.length === 0) continue;
    if (await rotateTenant({ book, masters, clock }, record.tenant as Tenant, rotation)) written += 1;
  }
  return written;
}

async function rotateTenant({ book, masters, clock }: RotationTools, tenant: Tenant, rotation: Rotation) {
  for (let attempt = 1; attempt <= writeTries; attempt++) {
    const kept = await book.find(tenant);
    if (!kept || kept.record.keys.length === 0) return false;
    const isUnderCurrent = kept.record.keys.every(({ masterKey }) => masterKey === masters.current);
    if (isUnderCurrent && rotation === 'wrapping') return false;
    const keys = await rewrapped(masters, kept.record);
    const fresh = rotation === 'data-keys' ? [await newDataKey(masters, tenant, clock.now())] : [];
    if (await book.write({ ...kept.record, keys: [...fresh, ...keys] }, kept.revision)) return true;
  }
  throw new StageError('unavailable', `The data keys of ${tenant} are written by others at once; rotate again.`, {
    retryable: true,
  });
}

const rewrapped = (masters: MasterKeys, { tenant, keys }: DataKeyRecord): Promise<DataKeyRecord['keys']> =>
  Promise.all(
    keys.map(async (key) => {
      if (key.masterKey === masters.current) return key;
      const context = keyContext(tenant as Tenant, key.id);
      return { ...key, ...(await masters.wrap(await masters.unwrap(key, context), context)) };
    }),
  );

/**
 * Why these master keys do not open what is kept, or do not wrap; undefined when they do. `masters` is undefined where none is
 * given.
 */
export async function refusalOfKeys(
  records: readonly KeptRecord[],
  masters: MasterKeys | undefined,
): Promise<string | undefined> {
  const used = records.filter(({ record }) => record.keys.length > 0);
  if (!masters) return used.length === 0 ? undefined : noMasterKey;
  const one = new Map(
    used.flatMap(({ record }) => record.keys.map((key) => [key.masterKey, { key, record }] as const)),
  );
  try {
    for (const { key, record } of one.values()) await masters.unwrap(key, keyContext(record.tenant as Tenant, key.id));
    await masters.wrap(randomBytes(32), 'trial');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}

const noMasterKey =
  'The content stored here is encrypted and no master key is given; set WAYBILL_MASTER_KEY or WAYBILL_MASTER_KEY_FILE.';
