import type { KeyRecord, KeyStore, KeyWatch } from '@waybill/identity';
import type { Database } from '../database.js';
import { ChangeListener } from './change-listener.js';
import { keyColumns, keyOfRow, type KeyRow } from './key-rows.js';

/** The keys as services need them. */
export class PostgresKeyStore implements KeyStore {
  constructor(private readonly database: Database) {}

  async load(): Promise<KeyRecord[]> {
    const rows = await this.database.execute<KeyRow>(`SELECT ${keyColumns} FROM api_keys`, []);
    return rows.map(keyOfRow);
  }

  watch(onChange: () => void): KeyWatch {
    return new ChangeListener(this.database.url, 'waybill_identity', onChange);
  }

  async noteUses(uses: ReadonlyMap<string, Date>): Promise<void> {
    await this.database.execute(
      `UPDATE api_keys SET last_used_at = used.at
        FROM unnest($1::text[], $2::timestamptz[]) AS used (id, at)
        WHERE api_keys.id = used.id AND coalesce(api_keys.last_used_at < used.at, true)`,
      [[...uses.keys()], [...uses.values()]],
    );
  }
}
