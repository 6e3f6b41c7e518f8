/** A fresh embedded stack for a benchmark: real servers, the four services as processes, in a folder of its own. */
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  createDatabase,
  freePort,
  startNatsServer,
  startPostgres,
} from '../../dist/libs/embedded-servers/src/index.js';
import { heapOf } from '../../dist/libs/platform/src/index.js';

const built = join(import.meta.dirname, '..', '..', 'dist', 'apps');
const allNames = ['intake', 'ocr', 'reasoning', 'results'];

/**
 * @param {Record<string, string>} environment for all services, over the defaults
 * @param {readonly string[]} names the services to start, one process each
 */
export async function startBenchStack(environment, names = allNames) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
  const nats = await startNatsServer({ dataDir: join(folder, 'nats') });
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres') });
  const ports = Object.fromEntries(await Promise.all(allNames.map(async (name) => [name, await freePort()])));
  const env = {
    ...process.env,
    NATS_URL: nats.url,
    DATABASE_URL: await createDatabase(postgres.url, 'waybill'),
    WAYBILL_LOG_LEVEL: 'error',
    WAYBILL_AUTH: 'none',
    WAYBILL_LOG_FORMAT: 'json',
    WAYBILL_RESULTS_URL: `http://127.0.0.1:${ports.results}`,
    ...environment,
  };
  execFileSync(process.execPath, [join(built, 'cli', 'src', 'main.js'), 'provision'], { env, stdio: 'inherit' });
  const services = await Promise.all(
    names.map((name) => startService(name, { ...env, WAYBILL_PORT: String(ports[name]) })),
  );
  return {
    url: `http://127.0.0.1:${ports.intake}`,
    natsUrl: nats.url,
    monitoringUrl: nats.monitoringUrl,
    /** One more process of a service; resolves when it is ready to a function that ends it as Kubernetes would. */
    startWorker: async (name) => {
      const worker = await startService(name, { ...env, WAYBILL_PORT: '0' });
      return () => stopService(worker);
    },
    databaseUrl: env.DATABASE_URL,
    /** Of each service in MiB: what it holds of the machine, and what of that is in use, which it collects garbage to find out. */
    memory: async () =>
      Object.fromEntries(
        await Promise.all(
          services.map(async ({ name, child }) => {
            const resident = residentMib(child.pid);
            return [name, { resident, live: await liveMib(child) }];
          }),
        ),
      ),
    /** Processor time used so far, by process; Postgres's is spread over its children and left out. */
    cpuMs: () => {
      const own = services.map(({ name, child }) => [name, cpuMs(child.pid)]);
      return Object.fromEntries([...own, ['nats-server', cpuMs(nats.pid)]]);
    },
    /** Resolves when Postgres has written out and tidied up what was done so far. */
    settle: async () => {
      const client = new Client({ connectionString: env.DATABASE_URL });
      await client.connect();
      await client.query('VACUUM ANALYZE');
      await client.query('CHECKPOINT');
      await client.end();
    },
    stop: async () => {
      await Promise.all(services.map(stopService));
      await postgres.stop();
      await nats.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startService(name, env) {
  const child = fork(join(built, name, 'src', 'main.js'), [], {
    env,
    execArgv: [...heapOf(name).flags, '--expose-gc', '--import', import.meta.resolve('./answer-live-memory.mjs')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message) => message?.type === 'ready' && resolve({ name, child }));
    child.on('exit', (code) => reject(new Error(`The ${name} service ended with ${code} before it was ready.`)));
  });
}

function stopService({ child }) {
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return ended;
}

/** Resident memory in MiB, from the kernel. */
function residentMib(pid) {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1_024);
}

function liveMib(child) {
  const answer = new Promise((resolve) => {
    const hear = (message) => {
      if (message?.type !== 'live-memory') return;
      child.off('message', hear);
      resolve(Math.round(message.bytes / 2 ** 20));
    };
    child.on('message', hear);
  });
  child.send({ type: 'live-memory' });
  return answer;
}

/** User and system time of a process; the kernel counts in hundredths of a second. */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
