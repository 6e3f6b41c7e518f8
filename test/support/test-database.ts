import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase } from '@waybill/embedded-servers';

export interface TestDatabase {
  readonly url: string;
  /** Drops it, with whoever is still connected. May be called twice. */
  drop(): Promise<void>;
}

/**
 * A new, empty database on the Postgres of this jest run (or of `DATABASE_URL`).
 * The server is started by `jest-global-setup.mjs` for the projects integration, e2e and faults.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env['WAYBILL_TEST_POSTGRES_URL'];
  if (!serverUrl) {
    throw new Error('No Postgres runs for this test: put it into test/integration, test/e2e or test/faults.');
  }
  const name = `waybill_test_${randomBytes(6).toString('hex')}`;
  return { url: await createDatabase(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
}
