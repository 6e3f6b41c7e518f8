import type { Tenant } from '@waybill/contracts';
import type { KeyBook, ListedKey } from '@waybill/identity';
import type { Database, Execute } from '../database.js';
import { keyColumns, keyOfRow, type KeyRow } from './key-rows.js';

type NewKey = Omit<ListedKey, 'lastUsedAt'>;

/** Keys as their operator keeps them. */
export class PostgresKeyBook implements KeyBook {
  constructor(private readonly database: Database) {}

  async add(key: NewKey): Promise<void> {
    await insert(this.database.execute, key);
  }

  async list(tenant?: Tenant): Promise<ListedKey[]> {
    const which = tenant === undefined ? '' : 'WHERE tenant = $1';
    const text = `SELECT ${keyColumns} FROM api_keys ${which} ORDER BY created_at DESC, id`;
    const rows = await this.database.execute<KeyRow>(text, tenant === undefined ? [] : [tenant]);
    return rows.map(keyOfRow);
  }

  async find(id: string): Promise<ListedKey | undefined> {
    const [row] = await this.database.execute<KeyRow>(`SELECT ${keyColumns} FROM api_keys WHERE id = $1`, [id]);
    return row && keyOfRow(row);
  }

  async replace(id: string, successor: NewKey, endsAt: Date): Promise<boolean> {
    return await this.database.transaction(async (execute) => {
      const [old] = await execute<{ found: number }>(
        `WITH ended AS (
          UPDATE api_keys SET expires_at = least(expires_at, $2)
            WHERE id = $1 AND revoked_at IS NULL AND coalesce(expires_at > $3, true) RETURNING id)
        SELECT count(*)::integer AS found FROM ended`,
        [id, endsAt, successor.createdAt],
      );
      if (!old?.found) return false;
      await insert(execute, successor);
      return true;
    });
  }

  async revoke(id: string, at: Date): Promise<boolean> {
    const [row] = await this.database.execute<{ found: number }>(
      `WITH ended AS (UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id)
        SELECT count(*)::integer AS found FROM ended`,
      [id, at],
    );
    return (row?.found ?? 0) > 0;
  }
}

async function insert(execute: Execute, key: NewKey): Promise<void> {
  const { id, tenant, name, digest, scopes, createdAt, expiresAt, revokedAt, rotatedFrom } = key;
  await execute(
    `INSERT INTO api_keys (id, tenant, name, digest, scopes, created_at, expires_at, revoked_at, rotated_from)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, tenant, name, digest, scopes, createdAt, expiresAt ?? null, revokedAt ?? null, rotatedFrom ?? null],
  );
}
