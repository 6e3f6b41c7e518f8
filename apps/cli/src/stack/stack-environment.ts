import { loadEnvironment, type Environment } from '@waybill/platform';
import type { Session } from '../session.js';
import { runningStack } from './running-stack.js';

/**
 * The environment for commands that work on the servers themselves. Addresses come from NATS_URL and DATABASE_URL,
 * else from the embedded stack that runs on the data folder, else they are the defaults.
 * @throws ConfigurationError
 */
export async function stackEnvironment(session: Session): Promise<Environment> {
  const { environment } = session.host;
  const running = await runningStack(session.dataFolder());
  return loadEnvironment({
    ...environment,
    NATS_URL: environment.NATS_URL || running?.natsUrl,
    DATABASE_URL: environment.DATABASE_URL || running?.databaseUrl,
  });
}
