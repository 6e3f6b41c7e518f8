import type { FileId, Tenant } from '@waybill/contracts';
import type { FileShelf, ListPart, ShelvedFile } from '@waybill/jobs';
import type { Database } from '../database.js';

const columns = 'tenant, id, filename, purpose, blob, created_at AS "createdAt", expires_at AS "expiresAt"';

/** Files in Postgres, by their references. */
export class PostgresFileShelf implements FileShelf {
  constructor(private readonly database: Database) {}

  async add({ tenant, id, filename, purpose, blob, createdAt, expiresAt }: ShelvedFile): Promise<void> {
    const values = [tenant, id, filename, purpose, JSON.stringify(blob), createdAt, expiresAt];
    await this.database.execute(
      `INSERT INTO files (tenant, id, filename, purpose, blob, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      values,
    );
  }

  async find(tenant: Tenant, id: FileId): Promise<ShelvedFile | undefined> {
    const statement = `SELECT ${columns} FROM files WHERE tenant = $1 AND id = $2`;
    return (await this.database.execute<ShelvedFile>(statement, [tenant, id]))[0];
  }

  /** Ids sort by their time. */
  async list(
    tenant: Tenant,
    { purpose, after, limit }: ListPart<FileId> & { readonly purpose?: string },
  ): Promise<ShelvedFile[]> {
    return await this.database.execute<ShelvedFile>(
      `SELECT ${columns} FROM files
        WHERE tenant = $1 AND ($2::text IS NULL OR purpose = $2) AND ($3::text IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [tenant, purpose ?? null, after ?? null, limit],
    );
  }

  async remove(tenant: Tenant, id: FileId): Promise<ShelvedFile | undefined> {
    const statement = `DELETE FROM files WHERE tenant = $1 AND id = $2 RETURNING ${columns}`;
    return (await this.database.execute<ShelvedFile>(statement, [tenant, id]))[0];
  }
}
