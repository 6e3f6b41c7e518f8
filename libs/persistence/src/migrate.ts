import { Database } from './database.js';

/** Held while migrating, so that replicas that start together do it one after the other. Any number serves. */
const migrationLock = 7_924_301;

/**
 * Brings the database up to date. Safe to run at every start and from several processes at once.
 * @returns the names of the migrations that were applied now.
 * @throws StageError `unavailable` with a sentence when the database cannot be reached, entered or found.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const database = new Database(databaseUrl, { poolSize: 2, connectTimeoutMs: 5_000, statementTimeoutMs: 600_000 });
  try {
    return await database.run(async () => {
      const source = await database.connected();
      const runner = source.createQueryRunner();
      await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
      try {
        const applied = await source.runMigrations({ transaction: 'all' });
        return applied.map((migration) => migration.name);
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
        await runner.release();
      }
    });
  } finally {
    await database.close();
  }
}
