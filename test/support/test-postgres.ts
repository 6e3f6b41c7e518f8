import { startPostgres, type EmbeddedServer } from '@waybill/embedded-servers';
import { disposableServer } from './disposable-server.js';

/**
 * A Postgres of one's own, for tests that stop it; others share one through `createTestDatabase`.
 * It survives `kill` and `restart`, not a power cut. `stop` also removes its data.
 */
export async function startTestPostgres(): Promise<EmbeddedServer> {
  return await disposableServer('postgres', (dataDir) => startPostgres({ dataDir, durability: 'none' }));
}
