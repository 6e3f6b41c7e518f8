import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jobServiceNames, type JobServiceName } from '@waybill/contracts';
import { createDatabase, freePort, type EmbeddedServer } from '@waybill/embedded-servers';
import { createTestDatabase } from './test-database.js';
import { startTestNats } from './test-nats.js';
import { startTestPostgres } from './test-postgres.js';
import { builtFolder, startService, type ServiceOptions, type TestService, type Variables } from './test-service.js';

export interface StackOptions {
  /** For all services. */
  readonly env?: Variables;
  /** For one service, on top of the others' variables. */
  readonly services?: Partial<Record<JobServiceName, Partial<ServiceOptions>>>;
  /** `own` gives a Postgres that the test may stop; `shared` (default) a database on the run's Postgres. */
  readonly postgres?: 'shared' | 'own';
  /** Starts the Postgres of one's own; `stop` need not remove its data. */
  readonly startOwnPostgres?: () => Promise<EmbeddedServer>;
  /** The folder of a backup to begin with; else the stack is empty. */
  readonly restoreFrom?: string;
  /** Starts the servers of NATS; one of them by itself when absent. */
  readonly startNats?: () => Promise<EmbeddedServer>;
}

/** nats-server, Postgres and the four services as processes, empty and ready. */
export interface TestStack {
  /** Base URL of the front door. */
  readonly url: string;
  readonly nats: EmbeddedServer;
  readonly databaseUrl: string;
  /** Present with `postgres: 'own'`. */
  readonly postgres: EmbeddedServer | undefined;
  /** The process that runs now under this name. */
  service(name: JobServiceName): TestService;
  /** Starts a service again that has ended, on the same address; `options` replace the ones it had. */
  startAgain(name: JobServiceName, options?: Partial<ServiceOptions>): Promise<TestService>;
  /** Stops everything, in order, and removes its data. May be called twice. */
  stop(): Promise<void>;
}

/** Starts a stack; when a part does not start, the parts before it are stopped again. */
export async function startStack(options: StackOptions = {}): Promise<TestStack> {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const nats = await (options.startNats ?? startTestNats)();
    closers.push(() => nats.stop());
    const { databaseUrl, postgres } = await openDatabase(options, closers);
    const addresses: Variables = { NATS_URL: nats.url, DATABASE_URL: databaseUrl, WAYBILL_AUTH: 'none' };
    const command = options.restoreFrom === undefined ? ['provision'] : ['restore', options.restoreFrom];
    await runWaybill(command, { ...addresses, ...options.env });
    const ports = Object.fromEntries(
      await Promise.all(jobServiceNames.map(async (name) => [name, await freePort()] as const)),
    ) as Record<JobServiceName, number>;

    const running = new Map<JobServiceName, TestService>();
    const start = async (name: JobServiceName, own: Partial<ServiceOptions> = {}): Promise<TestService> => {
      const service = await startService(name, {
        env: {
          ...addresses,
          WAYBILL_PORT: String(ports[name]),
          WAYBILL_RESULTS_URL: `http://127.0.0.1:${ports.results}`,
          ...options.env,
          ...own.env,
        },
        preload: own.preload,
        flags: own.flags,
        build: own.build,
      });
      running.set(name, service);
      return service;
    };
    closers.push(() => Promise.all([...running.values()].map((service) => service.stop())));
    const starts = await Promise.allSettled(
      jobServiceNames.map((name) => supervised(() => start(name, options.services?.[name]))),
    );
    for (const result of starts) if (result.status === 'rejected') throw result.reason as Error;

    return {
      url: `http://127.0.0.1:${ports.intake}`,
      nats,
      databaseUrl,
      postgres,
      service: (name) => running.get(name)!,
      startAgain: (name, own) => start(name, own ?? options.services?.[name]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const startAttempts = 3;

/** Starts again what ended because a server did not answer yet, as whoever supervises it would: a new cluster chooses its leaders for a while. */
async function supervised(start: () => Promise<TestService>): Promise<TestService> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === startAttempts || !String(error).includes('ended with 69')) throw error;
    }
  }
}

async function openDatabase(
  options: StackOptions,
  closers: (() => Promise<unknown>)[],
): Promise<Pick<TestStack, 'databaseUrl' | 'postgres'>> {
  if (options.postgres === 'own') {
    const postgres = await (options.startOwnPostgres ?? startTestPostgres)();
    closers.push(() => postgres.stop());
    return { postgres, databaseUrl: await createDatabase(postgres.url, 'waybill') };
  }
  const database = await createTestDatabase();
  closers.push(() => database.drop());
  return { postgres: undefined, databaseUrl: database.url };
}

/** Runs the command line as operators do, and gives what it says on stdout. @throws when it exits with a failure */
export async function runWaybill(parameters: readonly string[], env: Variables): Promise<string> {
  const main = join(builtFolder, 'apps', 'cli', 'src', 'main.js');
  const { stdout } = await promisify(execFile)(process.execPath, ['--enable-source-maps', main, ...parameters], {
    env: { ...process.env, ...env },
  });
  return stdout;
}
