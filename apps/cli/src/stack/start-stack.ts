import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@waybill/contracts';
import { freePort, startNatsServer, startPostgres, type EmbeddedServer } from '@waybill/embedded-servers';
import { heapOf, loadEnvironment } from '@waybill/platform';
import { startShowcase } from '@waybill/provider-simulator';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { lockDataFolder } from './data-folder-lock.js';
import { portIsFree } from './port-is-free.js';
import { provisionStack } from './provision-stack.js';
import { ServerGuard } from './server-guard.js';
import { provideStackKey, stackTenant, type StackKey } from './stack-key.js';
import { ServiceProcess } from './service-process.js';
import { simulatedModels } from './simulated-models.js';
import { removeStackState, writeStackState, type StackState } from './stack-state.js';
import { StopSequence } from './stop-sequence.js';
import { webhookSecretOf } from './webhook-secret.js';

/** Who hears what happens to a stack, in sentences. */
export interface StackReport {
  /** What is being done now; the next step replaces it. */
  step(sentence: string): void;
  /** Something that its owner should know, also long after the start. */
  trouble(sentence: string): void;
}

export interface StackOptions {
  readonly dataFolder: string;
  /** The folder that holds the built services, `dist/apps`. */
  readonly appsFolder: string;
  /** Port of the front door; `preferred` gives way to a free one, `required` is refused when it is taken. */
  readonly port: { readonly number: number; readonly wish: 'preferred' | 'required' };
  readonly ocrWorkers?: number | undefined;
  /** Who answers where a model is asked: who has keys, or stand-ins on this machine, whatever keys there are. */
  readonly models: 'configured' | 'simulated';
  readonly logs: 'files' | 'terminal';
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly report: StackReport;
  /** Ends the start; what has begun is stopped. */
  readonly signal: AbortSignal;
}

export interface RunningStack {
  readonly state: StackState;
  /** What opens it; absent where no key is asked for. */
  readonly key: StackKey | undefined;
  /** Services drain first, then the servers end. May be called twice. */
  stop(): Promise<void>;
  /** Services end at once, then the servers end. */
  stopAtOnce(): Promise<void>;
}

/**
 * Starts everything that Waybill needs on this machine and resolves when the front door is open. Servers named by
 * NATS_URL and DATABASE_URL are used instead of embedded ones.
 * @throws CliError, ConfigurationError or EmbeddedServerError, each a sentence; nothing is left running then.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { dataFolder, report, signal } = options;
  const stops = new StopSequence();
  const { WAYBILL_HOST: host } = loadEnvironment(options.environment);
  try {
    const lock = await lockDataFolder(dataFolder);
    stops.add('last', () => lock.release());
    await removeStackState(dataFolder);
    const port = await frontDoorPort(options.port, host, report);
    const servers = await startServers(options, stops);
    signal.throwIfAborted();
    const simulator = options.models === 'simulated' ? await startModels(options, stops) : undefined;
    const environment = { ...(await serviceEnvironment(options, servers)), ...simulatedModels(simulator) };
    report.step('Preparing streams and tables');
    const wishes = loadEnvironment(environment);
    await provisionStack(wishes);
    const key = wishes.WAYBILL_AUTH === 'none' ? undefined : await provideStackKey(dataFolder, wishes.DATABASE_URL);
    signal.throwIfAborted();
    const services = await startServices({ ...options, port: { number: port, wish: 'required' } }, environment, stops);
    signal.throwIfAborted();
    const state: StackState = {
      version: 1,
      pid: process.pid,
      startedAt: new Date().toISOString(),
      url: services.intake.url,
      ...servers,
      services,
      ...(simulator === undefined ? {} : { simulator }),
    };
    await writeStackState(dataFolder, state);
    stops.add('last', () => removeStackState(dataFolder));
    return { state, key, stop: () => stops.run('drain'), stopAtOnce: () => stops.run('kill') };
  } catch (error) {
    await stops.run('kill');
    throw error;
  }
}

async function startModels({ report }: StackOptions, stops: StopSequence): Promise<string> {
  report.step('Starting simulated models');
  const simulator = await startShowcase();
  stops.add('servers', () => simulator.close());
  return simulator.url;
}

type Servers = Pick<StackState, 'natsUrl' | 'databaseUrl'>;

async function startServers(options: StackOptions, stops: StopSequence): Promise<Servers> {
  const { dataFolder, environment, report } = options;
  const started = async (name: string, server: Promise<EmbeddedServer>): Promise<string> => {
    const guarded = server.then((running) => new ServerGuard(name, running, report.trouble));
    stops.add('servers', async () => (await guarded.catch(() => undefined))?.stop());
    report.step(`Starting ${name}`);
    await guarded;
    return (await server).url;
  };
  const [natsUrl, databaseUrl] = await Promise.all([
    environment.NATS_URL ||
      started('nats-server', startNatsServer({ dataDir: join(dataFolder, 'nats'), report: report.step })),
    environment.DATABASE_URL ||
      started('Postgres', startPostgres({ dataDir: join(dataFolder, 'postgres'), report: report.step })),
  ]);
  return { natsUrl, databaseUrl };
}

/** What the services are told; variables of the caller win, except for addresses that this stack decides. */
async function serviceEnvironment(options: StackOptions, servers: Servers): Promise<Record<string, string>> {
  const { dataFolder, environment, ocrWorkers } = options;
  const inherited = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const secret = environment.WAYBILL_WEBHOOK_SECRET || (await webhookSecretOf(dataFolder));
  return {
    ...Object.fromEntries(inherited),
    NATS_URL: servers.natsUrl,
    DATABASE_URL: servers.databaseUrl,
    ...(isOnThisMachine(environment) ? { WAYBILL_REGION: 'local' } : {}),
    WAYBILL_WEBHOOK_SECRET: secret,
    WAYBILL_OPERATOR_TENANT: environment.WAYBILL_OPERATOR_TENANT || stackTenant,
    // Callbacks of a stack on one's own machine are mostly on that machine.
    WAYBILL_WEBHOOK_TARGETS: environment.WAYBILL_WEBHOOK_TARGETS || 'any',
    ...(ocrWorkers === undefined ? {} : { WAYBILL_OCR_WORKERS: `${ocrWorkers}` }),
  };
}

/** With servers of its own, a stack has everything on the machine of the person who asks, unless they say otherwise. */
const isOnThisMachine = ({
  NATS_URL,
  DATABASE_URL,
  WAYBILL_REGION,
  WAYBILL_DOCUMENT_STORE: store = 'jetstream',
}: StackOptions['environment']): boolean =>
  !NATS_URL && !DATABASE_URL && !WAYBILL_REGION && (store === '' || store === 'jetstream');

async function startServices(
  options: StackOptions,
  environment: Record<string, string>,
  stops: StopSequence,
): Promise<StackState['services']> {
  const { dataFolder, appsFolder, report, logs, signal } = options;
  const logFolder = join(dataFolder, 'logs');
  await mkdir(logFolder, { recursive: true, mode: 0o700 });
  // What a killed service leaves of its scratch files goes with this folder, at the latest when the next stack starts.
  const scratchFolder = join(dataFolder, 'tmp');
  const removeScratch = (): Promise<void> => rm(scratchFolder, { recursive: true, force: true });
  await removeScratch();
  await mkdir(scratchFolder, { mode: 0o700 });
  stops.add('last', removeScratch);
  const { WAYBILL_DRAIN_MS: drainMs, WAYBILL_HOST: host } = loadEnvironment(environment);
  const ports: Record<ServiceName, number> = {
    intake: options.port.number,
    ocr: await freePort(),
    reasoning: await freePort(),
    results: await freePort(),
    gateway: await gatewayPort(options.port.number, host),
  };
  report.step('Starting intake, ocr, reasoning, results and gateway');
  const start = async (name: ServiceName) => {
    const service = new ServiceProcess({
      name,
      modulePath: join(appsFolder, name, 'src', 'main.js'),
      environment: {
        ...environment,
        ...heapOf(name).environment,
        TMPDIR: scratchFolder,
        WAYBILL_PORT: `${ports[name]}`,
        WAYBILL_RESULTS_URL: `http://127.0.0.1:${ports.results}`,
      },
      nodeFlags: heapOf(name).flags,
      log: logs === 'terminal' ? 'inherit' : { path: join(logFolder, `${name}.log`) },
      drainMs,
      report: report.trouble,
    });
    stops.add('services', (manner) => (manner === 'kill' ? service.kill() : service.stop()));
    return [name, await service.start()] as const;
  };
  const running = await Promise.race([Promise.all(serviceNames.map(start)), rejectWhenAborted(signal)]);
  return Object.fromEntries(running) as StackState['services'];
}

/** The OpenAI-compatible door stands two behind the front door, or wherever there is room. */
async function gatewayPort(frontDoor: number, host: string): Promise<number> {
  const usual = frontDoor + 2;
  return usual <= 65_535 && (await portIsFree(usual, host)) ? usual : freePort();
}

async function frontDoorPort(wanted: StackOptions['port'], host: string, report: StackReport): Promise<number> {
  if (wanted.number === 0) return freePort();
  if (await portIsFree(wanted.number, host)) return wanted.number;
  if (wanted.wish === 'required') {
    throw new CliError(
      exitCodes.unavailable,
      `Port ${wanted.number} is taken; stop what listens there, or give another with --port (0 takes a free one).`,
    );
  }
  const port = await freePort();
  report.trouble(`Port ${wanted.number} is taken; the front door opens at ${port} instead (--port chooses).`);
  return port;
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
