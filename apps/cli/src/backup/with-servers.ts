import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startNatsServer, startPostgres } from '@waybill/embedded-servers';
import { loadEnvironment, type Environment } from '@waybill/platform';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import type { Session } from '../session.js';
import { lockDataFolder } from '../stack/data-folder-lock.js';
import { runningStack } from '../stack/running-stack.js';
import { StopSequence } from '../stack/stop-sequence.js';

/** `existing` refuses a data folder in which nothing was ever kept. */
export type WantedServers = 'existing' | 'any';

/**
 * Runs some work on the servers of NATS_URL and DATABASE_URL, else of the stack that runs on the data folder, else on
 * embedded ones that are started on that folder for this work alone.
 */
export async function withServers<Result>(
  session: Session,
  wanted: WantedServers,
  work: (environment: Environment) => Promise<Result>,
): Promise<Result> {
  const { environment } = session.host;
  const folder = session.dataFolder();
  const running = await runningStack(folder);
  const named = {
    NATS_URL: environment.NATS_URL || running?.natsUrl,
    DATABASE_URL: environment.DATABASE_URL || running?.databaseUrl,
  };
  if (named.NATS_URL && named.DATABASE_URL) return await work(loadEnvironment({ ...environment, ...named }));
  if (wanted === 'existing' && !(await exists(join(folder, 'nats')))) {
    const sentence = `Nothing is kept in ${folder}; name the data folder with --data, or servers with NATS_URL and DATABASE_URL.`;
    throw new CliError(exitCodes.notFound, sentence);
  }
  const stops = new StopSequence();
  try {
    const lock = await lockDataFolder(folder);
    stops.add('last', () => lock.release());
    const natsUrl = named.NATS_URL ?? (await startNats(folder, stops));
    const databaseUrl = named.DATABASE_URL ?? (await startDatabase(folder, stops));
    return await work(loadEnvironment({ ...environment, NATS_URL: natsUrl, DATABASE_URL: databaseUrl }));
  } finally {
    await stops.run('drain');
  }
}

async function startNats(folder: string, stops: StopSequence): Promise<string> {
  const server = await startNatsServer({ dataDir: join(folder, 'nats') });
  stops.add('servers', () => server.stop());
  return server.url;
}

async function startDatabase(folder: string, stops: StopSequence): Promise<string> {
  const server = await startPostgres({ dataDir: join(folder, 'postgres') });
  stops.add('servers', () => server.stop());
  return server.url;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
