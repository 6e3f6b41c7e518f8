import type { Scope, Tenant } from '@waybill/contracts';
import type { ListedKey } from '@waybill/identity';

/** The columns of a key under the names of `KeyRow`. */
export const keyColumns = `id, tenant, name, digest, scopes, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt", rotated_from AS "rotatedFrom"`;

export interface KeyRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly digest: Buffer;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly rotatedFrom: string | null;
}

export function keyOfRow({ tenant, expiresAt, revokedAt, lastUsedAt, rotatedFrom, ...facts }: KeyRow): ListedKey {
  return {
    ...facts,
    tenant: tenant as Tenant,
    ...(expiresAt ? { expiresAt } : {}),
    ...(revokedAt ? { revokedAt } : {}),
    ...(lastUsedAt ? { lastUsedAt } : {}),
    ...(rotatedFrom === null ? {} : { rotatedFrom }),
  };
}
