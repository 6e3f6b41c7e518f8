import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isServer, openDataFolder } from './data-folder.js';
import { EmbeddedServerError } from './embedded-server-error.js';
import { freePort } from './free-port.js';
import { initialiseCluster } from './initialise-cluster.js';
import type { ReportProgress } from './install-package.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { startServerProcess, type ServerCommand, type ServerProcess } from './server-process.js';
import { isPortTaken, startRefusal } from './start-refusal.js';
import type { ServerTls } from './server-tls.js';
import { superviseServer, type EmbeddedServer } from './supervised-server.js';
import { unprivilegedAccount } from './unprivileged-account.js';

export interface PostgresOptions {
  /** Created when missing; the cluster, its password and the log. */
  readonly dataDir: string;
  /** On 127.0.0.1; a free one when absent. */
  readonly port?: number;
  /** `none` never waits for the disk and is for tests; `power-safe` (default) is Postgres's own. */
  readonly durability?: 'power-safe' | 'none';
  /** TLS is spoken with whoever wants it. The files must belong to the user who starts the server, readable by nobody else. */
  readonly tls?: ServerTls;
  readonly report?: ReportProgress;
}

/** For a small machine that runs other things too. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const;
const undurable = { fsync: 'off', full_page_writes: 'off' } as const;

const portAttempts = 5;

/**
 * Starts Postgres 18 on 127.0.0.1 and resolves when it takes connections. `url` names the superuser, its password and
 * the database `postgres`. `kill` is Postgres's immediate shutdown: the next start recovers as after a crash.
 * @throws EmbeddedServerError, a sentence, when it cannot.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedServer> {
  const dataDir = resolve(options.dataDir);
  const binaries = await findPostgresBinaries(options.report);
  const logFile = join(dataDir, 'postgres.log');
  const env = serverEnvironment();
  await openDataFolder(dataDir, 'Postgres', logFile);
  const { prefix, identity } = await unprivilegedAccount(dataDir, binaries.postgres);
  const isUndurable = options.durability === 'none';
  const initdb = [...prefix, binaries.initdb, ...(isUndurable ? ['--no-sync'] : [])];
  const cluster = await initialiseCluster(dataDir, initdb, { env, ...identity });
  const chosen = { ...settings, ...(isUndurable ? undurable : {}), ...tlsOf(options.tls) };
  const flags = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const [file = '', ...args] = [...prefix, binaries.postgres, '-D', cluster.folder, '-p', String(port), ...flags];
    const command: ServerCommand = {
      title: 'Postgres',
      file,
      args,
      env,
      identity,
      readyLine: /database system is ready to accept connections/,
      stopSignal: 'SIGINT',
      killSignal: 'SIGQUIT',
      logFile,
    };
    const start = async (): Promise<ServerProcess> => {
      await removeStalePidFile(dataDir, cluster.folder);
      try {
        return await startServerProcess(command);
      } catch (error) {
        throw startRefusal(error, { title: command.title, port, dataDir, logFile });
      }
    };
    try {
      return await superviseServer(await start(), {
        url: `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
        dataDir,
        stopSignal: command.stopSignal,
        killSignal: command.killSignal,
        start,
      });
    } catch (error) {
      if (!isPortTaken(error) || options.port !== undefined || attempt === portAttempts) throw error;
    }
  }
}

const tlsOf = (tls: ServerTls | undefined): Record<string, string> =>
  tls
    ? {
        ssl: 'on',
        ssl_cert_file: tls.certFile,
        ssl_key_file: tls.keyFile,
        ...(tls.clientCaFile ? { ssl_ca_file: tls.clientCaFile } : {}),
      }
    : {};

/**
 * Postgres itself trusts a pid file of a dead process only when no other process has the same id, which after a reboot
 * or in a new container is often not so.
 */
async function removeStalePidFile(dataDir: string, cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return;
  const pid = Number(content.split('\n')[0]);
  if (pid > 0 && (await isServer(pid))) {
    throw new EmbeddedServerError(
      `Postgres already runs on ${dataDir} (process ${pid}); stop it first, use it by its URL, or choose another folder.`,
    );
  }
  await rm(file, { force: true });
}

/** Settings of a Postgres client or of another server on this machine must not reach ours. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'));
  return { ...Object.fromEntries(own), LC_ALL: 'C', TZ: 'UTC' };
}
