import { writeFile } from 'node:fs/promises';
import { scopes, tenantSchema } from '@waybill/contracts';
import { digestOfKey, idOfKey, mintKey } from '@waybill/identity';
import { Database, PostgresKeyBook } from '@waybill/persistence';
import { readStackKey, stackKeyPath } from './read-stack-key.js';

/** The key of the stack on this machine. */
export interface StackKey {
  readonly text: string;
  /** True when it was made just now, and nobody has seen it yet. */
  readonly isNew: boolean;
}

/** Whose key it is; on this machine that tenant is the operator. */
export const stackTenant = tenantSchema.parse('default');

/**
 * Makes sure that the key in the data folder opens the stack: it is made at the first start, made known to a database
 * that has not seen it, and replaced when it was revoked. Readable by its owner only.
 */
export async function provideStackKey(folder: string, databaseUrl: string): Promise<StackKey> {
  const database = new Database(databaseUrl, { poolSize: 1 });
  try {
    const book = new PostgresKeyBook(database);
    const kept = await readStackKey(folder);
    const id = kept === undefined ? undefined : idOfKey(kept);
    const record = id === undefined ? undefined : await book.find(id);
    if (kept !== undefined && record && !record.revokedAt) return { text: kept, isNew: false };
    const facts = { tenant: stackTenant, name: 'this machine', scopes, createdAt: new Date() };
    if (kept !== undefined && id !== undefined && !record) {
      await book.add({ ...facts, id, digest: digestOfKey(kept) });
      return { text: kept, isNew: false };
    }
    const { text, ...minted } = mintKey();
    await book.add({ ...facts, ...minted });
    await writeFile(stackKeyPath(folder), `${text}\n`, { mode: 0o600 });
    return { text, isNew: true };
  } finally {
    await database.close();
  }
}
