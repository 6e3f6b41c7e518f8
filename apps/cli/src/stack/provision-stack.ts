import { streams } from '@waybill/contracts';
import { connect, provision } from '@waybill/jetstream';
import { migrate } from '@waybill/persistence';
import type { Environment } from '@waybill/platform';

export interface Provisioned {
  /** Streams that exist now as their contracts say, with their consumers. */
  readonly streams: readonly string[];
  /** Migrations that were applied just now. */
  readonly migrations: readonly string[];
}

/**
 * Brings the server's streams and the database's tables up to what this version needs. May be run again at any time
 * and from several processes at once.
 * @throws ConfigurationError or StageError, each a sentence
 */
export async function provisionStack(environment: Environment): Promise<Provisioned> {
  const [, migrations] = await Promise.all([provisionStreams(environment), migrate(environment.DATABASE_URL)]);
  return { streams: Object.values(streams).map(({ name }) => name), migrations };
}

async function provisionStreams(environment: Environment): Promise<void> {
  const connection = await connect(environment, 'waybill-cli');
  try {
    await provision(connection, environment);
  } finally {
    await connection.close();
  }
}
