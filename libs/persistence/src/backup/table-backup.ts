import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StageError } from '@waybill/jobs';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { translateDatabaseError } from '../database-error.js';

/** A table as a backup names it: the columns in the order of their values. */
export interface SavedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const listed = ({ columns }: SavedTable): string => columns.map(quoted).join(', ');
const migrationsTable = 'waybill_migrations';

/**
 * The tables of one database, by Postgres's own COPY in its text form: it needs no program beside the driver (an
 * embedded Postgres has no pg_dump), and all tables are read in one repeatable-read transaction, at one moment.
 */
export class TableBackup {
  private constructor(
    private readonly client: pg.Client,
    private readonly databaseUrl: string,
  ) {}

  /** @throws StageError `unavailable` with a sentence when the database cannot be entered. */
  static async open(databaseUrl: string): Promise<TableBackup> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'waybill-backup' });
    client.on('error', () => undefined);
    const backup = new TableBackup(client, databaseUrl);
    await backup.translated(async () => void (await client.connect()));
    return backup;
  }

  /** Fixes the moment that `save` reads: what is committed later is not in it. */
  async fixMoment(): Promise<void> {
    await this.translated(async () => {
      await this.client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await this.client.query('SELECT 1 FROM pg_catalog.pg_class LIMIT 1');
    });
  }

  /** The migrations that have made the tables, oldest first. */
  async migrations(): Promise<string[]> {
    return await this.translated(async () => {
      const { rows } = await this.client.query<{ name: string }>(`SELECT name FROM ${migrationsTable} ORDER BY id`);
      return rows.map(({ name }) => name);
    });
  }

  /** Every table of the schema but the one of migrations, with the columns that are stored; those that refer to others last. */
  async tables(): Promise<SavedTable[]> {
    return await this.translated(async () => {
      const { rows } = await this.client.query<{ name: string; columns: string[] }>(
        `SELECT t.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
         FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
         WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
           AND t.table_name <> $1
         GROUP BY t.table_name ORDER BY EXISTS (
           SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = quote_ident(t.table_name)::regclass
         ), t.table_name`,
        [migrationsTable],
      );
      return rows;
    });
  }

  /** Writes a table's rows. @returns how many there were */
  async save(table: SavedTable, target: Writable): Promise<number> {
    return await this.translated(async () => {
      const rows = this.client.query(copyTo(`COPY ${quoted(table.name)} (${listed(table)}) TO STDOUT`));
      await pipeline(rows, target);
      return rows.rowCount;
    });
  }

  /** Begins to fill tables, all or none. @throws StageError `unavailable` when one of them has rows. */
  async beginRestore(tables: readonly SavedTable[]): Promise<void> {
    await this.translated(async () => {
      await this.client.query('BEGIN');
      for (const { name } of tables) {
        const { rows } = await this.client.query(`SELECT 1 FROM ${quoted(name)} LIMIT 1`);
        if (rows.length > 0) {
          throw new StageError('unavailable', `The table ${name} has rows; restore into an empty database.`);
        }
      }
    });
  }

  /** Fills a table. What its triggers would write again (sums of the ledger) is in the backup already. */
  async restore(table: SavedTable, source: Readable): Promise<number> {
    return await this.translated(async () => {
      const name = quoted(table.name);
      await this.client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
      const rows = this.client.query(copyFrom(`COPY ${name} (${listed(table)}) FROM STDIN`));
      await pipeline(source, rows);
      await this.client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
      await this.advanceSequences(table);
      return rows.rowCount;
    });
  }

  /** Rows were filled in with their numbers, so the sequences go on behind the highest. */
  private async advanceSequences({ name, columns }: SavedTable): Promise<void> {
    const { rows } = await this.client.query<{ column: string; sequence: string }>(
      `SELECT column_name AS column, pg_get_serial_sequence($1, column_name) AS sequence
       FROM unnest($2::text[]) AS column_name WHERE pg_get_serial_sequence($1, column_name) IS NOT NULL`,
      [quoted(name), columns],
    );
    for (const { column, sequence } of rows) {
      await this.client.query(`SELECT setval($1, max(${quoted(column)})) FROM ${quoted(name)}`, [sequence]);
    }
  }

  async commit(): Promise<void> {
    await this.translated(async () => void (await this.client.query('COMMIT')));
  }

  /** Ends the connection; what was not committed is undone. */
  async close(): Promise<void> {
    await this.client.end();
  }

  private async translated<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw translateDatabaseError(error, this.databaseUrl);
    }
  }
}
