import { availableParallelism } from 'node:os';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openDataFolder } from './data-folder.js';
import { freePort } from './free-port.js';
import type { ReportProgress } from './install-package.js';
import { findNatsBinary } from './nats-binary.js';
import { startServerProcess, type ServerCommand, type ServerProcess } from './server-process.js';
import { isPortTaken, startRefusal } from './start-refusal.js';
import type { ServerTls } from './server-tls.js';
import { superviseServer, type EmbeddedServer } from './supervised-server.js';

export interface NatsServerOptions {
  /** Created when missing; JetStream's files, the log and the server's configuration. */
  readonly dataDir: string;
  /** On 127.0.0.1; a free one when absent. */
  readonly port?: number;
  /** `power-safe` syncs every write to disk before it is acknowledged; `process-safe` (default) leaves it to the system. */
  readonly durability?: 'process-safe' | 'power-safe';
  /** Accounts and their users, as the server's configuration writes them; without them anybody on this machine may do anything. */
  readonly accounts?: Readonly<Record<string, unknown>>;
  /** What makes this server one of several; see `startNatsCluster`. */
  readonly cluster?: {
    readonly name: string;
    /** This server's name, its own among the nodes. */
    readonly node: string;
    /** Where it listens for the other nodes. */
    readonly port: number;
    /** Where all nodes listen for each other. */
    readonly routes: readonly string[];
  };
  /** Only TLS is spoken then. */
  readonly tls?: ServerTls;
  readonly report?: ReportProgress;
}

export interface NatsServer extends EmbeddedServer {
  /** Base URL of the server's HTTP monitoring, for example `<monitoringUrl>/jsz`. */
  readonly monitoringUrl: string;
}

const portAttempts = 5;

/** It shares the machine with everything that talks to it: more threads of its own only push others off the processors. */
const halfOfTheProcessors = String(Math.max(1, Math.floor(availableParallelism() / 2)));

/**
 * Starts a nats-server with JetStream on 127.0.0.1, without a password unless `accounts` are given, and resolves when it takes connections.
 * @throws EmbeddedServerError, a sentence, when it cannot.
 */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const dataDir = resolve(options.dataDir);
  const file = await findNatsBinary(options.report);
  const logFile = join(dataDir, 'nats-server.log');
  await openDataFolder(dataDir, 'nats-server', logFile);
  await mkdir(join(dataDir, 'jetstream'), { recursive: true, mode: 0o700 });

  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const monitoringPort = await freePort();
    const config = join(dataDir, 'nats-server.json');
    await writeFile(config, JSON.stringify(configuration(options, dataDir, port, monitoringPort), null, 2));
    const command: ServerCommand = {
      title: 'nats-server',
      file,
      args: ['--config', config],
      env: { GOMAXPROCS: halfOfTheProcessors, ...process.env },
      readyLine: /Server is ready/,
      stopSignal: 'SIGTERM',
      killSignal: 'SIGKILL',
      logFile,
    };
    const start = async (): Promise<ServerProcess> => {
      try {
        return await startServerProcess(command);
      } catch (error) {
        throw startRefusal(error, { title: command.title, port, dataDir, logFile });
      }
    };
    try {
      const server = await superviseServer(await start(), {
        url: `nats://127.0.0.1:${port}`,
        dataDir,
        stopSignal: command.stopSignal,
        killSignal: command.killSignal,
        start,
      });
      return withMonitoring(server, `http://127.0.0.1:${monitoringPort}`);
    } catch (error) {
      if (!isPortTaken(error) || options.port !== undefined || attempt === portAttempts) throw error;
    }
  }
}

/** nats-server reads JSON as its configuration language. */
function configuration(options: NatsServerOptions, dataDir: string, port: number, monitoringPort: number): unknown {
  return {
    server_name: options.cluster?.node ?? 'waybill-embedded',
    host: '127.0.0.1',
    port,
    http: `127.0.0.1:${monitoringPort}`,
    ...(options.tls ? { tls: tlsOf(options.tls) } : {}),
    ...(options.accounts ? { accounts: options.accounts } : {}),
    ...(options.cluster ? { cluster: clusterOf(options.cluster) } : {}),
    jetstream: {
      store_dir: join(dataDir, 'jetstream'),
      ...(options.durability === 'power-safe' ? { sync_interval: 'always' } : {}),
    },
  };
}

const clusterOf = ({ name, port, routes }: NonNullable<NatsServerOptions['cluster']>): unknown => ({
  name,
  listen: `127.0.0.1:${port}`,
  routes,
});

const tlsOf = ({ certFile, keyFile, clientCaFile }: ServerTls): unknown => ({
  cert_file: certFile,
  key_file: keyFile,
  ...(clientCaFile ? { ca_file: clientCaFile, verify: true } : {}),
});

function withMonitoring(server: EmbeddedServer, monitoringUrl: string): NatsServer {
  return Object.defineProperty(server, 'monitoringUrl', { value: monitoringUrl, enumerable: true }) as NatsServer;
}
