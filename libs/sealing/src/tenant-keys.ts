import { randomBytes } from 'node:crypto';
import type { DataKeyRecord, Tenant } from '@waybill/contracts';
import { StageError, type Clock } from '@waybill/jobs';
import { LRUCache } from 'lru-cache';
import type { KeyBook } from './key-book.js';
import type { MasterKeys } from './master-keys.js';
import type { DataKey } from './sealed-frames.js';

/** Whose key seals what belongs to no tenant alone; no tenant can have this name. */
export const houseTenant = '_house' as Tenant;

/** Tenants whose keys are in memory. */
const rememberedTenants = 5_000;
const writeTries = 10;

/** What a data key is authenticated with when it is wrapped. */
export const keyContext = (tenant: Tenant, id: string): string => `${tenant}/${id}`;

/** A new data key of a tenant, wrapped, as it stands in the record. */
export async function newDataKey(
  masters: MasterKeys,
  tenant: Tenant,
  at: Date,
): Promise<DataKeyRecord['keys'][number]> {
  const id = randomBytes(8).toString('hex');
  return { id, madeAt: at.toISOString(), ...(await masters.wrap(randomBytes(32), keyContext(tenant, id))) };
}

/** The data keys of tenants, unwrapped in memory. The first sealing for a tenant makes its key. */
export class TenantKeys {
  private readonly known = new LRUCache<Tenant, Promise<readonly DataKey[]>>({ max: rememberedTenants });

  constructor(
    private readonly book: KeyBook,
    private readonly masters: MasterKeys,
    private readonly clock: Clock,
  ) {}

  /** What seals now. */
  async current(tenant: Tenant): Promise<DataKey> {
    const [newest] = await this.keysOf(tenant);
    if (newest) return newest;
    for (let attempt = 1; attempt <= writeTries; attempt++) {
      const made = await this.make(tenant);
      if (made) return made;
    }
    throw new StageError('unavailable', `The data key of ${tenant} is written by others at once; trying again.`, {
      retryable: true,
    });
  }

  /** Undefined when the tenant has no such key, or not any more. */
  async named(tenant: Tenant, id: string): Promise<DataKey | undefined> {
    const known = (await this.keysOf(tenant)).find((key) => key.id === id);
    if (known) return known;
    this.forget(tenant);
    return (await this.keysOf(tenant)).find((key) => key.id === id);
  }

  /** What is in memory of a tenant's keys goes; others have changed them. */
  forget(tenant: Tenant): void {
    this.known.delete(tenant);
  }

  private keysOf(tenant: Tenant): Promise<readonly DataKey[]> {
    const known = this.known.get(tenant);
    if (known) return known;
    const read = this.read(tenant);
    this.known.set(tenant, read);
    read.catch(() => this.forget(tenant));
    return read;
  }

  private async read(tenant: Tenant): Promise<readonly DataKey[]> {
    const kept = await this.book.find(tenant);
    return await Promise.all(
      (kept?.record.keys ?? []).map(async (key) => ({
        id: key.id,
        bytes: await this.masters.unwrap(key, keyContext(tenant, key.id)),
      })),
    );
  }

  private async make(tenant: Tenant): Promise<DataKey | undefined> {
    const kept = await this.book.find(tenant);
    if (!kept || kept.record.keys.length === 0) {
      const key = await newDataKey(this.masters, tenant, this.clock.now());
      await this.book.write({ version: 1, tenant, keys: [key] }, kept?.revision ?? 0);
    }
    this.forget(tenant);
    return (await this.keysOf(tenant))[0];
  }
}
