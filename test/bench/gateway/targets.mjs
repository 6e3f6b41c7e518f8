/** Everybody who is asked in the bench, as processes of their own. */
import { fork, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startNatsServer } from '../../../dist/libs/embedded-servers/src/index.js';
import { connect, provision } from '../../../dist/libs/jetstream/src/index.js';
import { heapOf, loadEnvironment } from '../../../dist/libs/platform/src/index.js';

const here = import.meta.dirname;
const portkeyStart = 'node_modules/@portkey-ai/gateway/build/start-server.js';
const path = '/v1/chat/completions';
const heap = heapOf('gateway');

/** @param {{ latencyMs: number, peer: string | undefined, databaseUrl: string | undefined, folder: string }} terms */
export async function startTargets({ latencyMs, peer, databaseUrl, folder }) {
  const children = [];
  const nats = await startNatsServer({ dataDir: join(folder, 'nats') });
  await provisionStreams(nats.url);
  const start = async (module, env, execArgv = []) => {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
    const child = fork(module, [], { env: { ...process.env, ...env }, execArgv, stdio });
    children.push(child);
    const url = await new Promise((resolve, reject) => {
      child.on('message', (message) => message?.type === 'ready' && resolve(message.url));
      child.on('exit', (code) => reject(new Error(`${module} ended with ${code}.`)));
    });
    return { url, pid: child.pid };
  };
  const upstream = await start(join(here, 'upstream.mjs'), { LATENCY_MS: String(latencyMs) });
  const gateway = (ledger) =>
    start(
      join(here, '../../../dist/apps/gateway/src/main.js'),
      {
        ...{ WAYBILL_MODEL_SIMULATOR_URL: upstream.url, WAYBILL_GATEWAY_LEDGER: ledger, WAYBILL_PORT: '0' },
        ...{ WAYBILL_LOG_LEVEL: 'error', WAYBILL_AUTH: 'none', DATABASE_URL: databaseUrl ?? '', NATS_URL: nats.url },
        ...heap.environment,
      },
      [...heap.flags],
    );
  const targets = [
    { name: 'direct', ...upstream },
    { name: 'waybill', ...(await gateway('none')) },
    ...(databaseUrl ? [{ name: 'waybill, ledger', ...(await gateway('postgres')) }] : []),
    { name: 'minimal proxy', ...(await start(join(here, 'minimal-proxy.mjs'), { UPSTREAM: upstream.url })) },
  ];
  if (peer && existsSync(join(peer, portkeyStart))) targets.push(await startPortkey(peer, upstream.url, children));
  return {
    targets: targets.map((target) => ({ headers: {}, ...target, url: target.url + path })),
    stop: async () => {
      for (const child of children) child.removeAllListeners('exit');
      await Promise.all(
        children.map((child) => new Promise((end) => child.once('exit', end) && child.kill('SIGTERM'))),
      );
      await nats.stop();
    },
  };
}

async function provisionStreams(url) {
  const environment = loadEnvironment({ NATS_URL: url });
  const connection = await connect(environment, 'bench');
  await provision(connection, environment);
  await connection.close();
}

async function startPortkey(peer, upstreamUrl, children) {
  const port = await freePort();
  const args = ['--require', join(here, 'loopback-only.cjs'), join(peer, portkeyStart), `--port=${port}`, '--headless'];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    stdio: 'ignore',
  });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      break;
    await pause(100);
  }
  const headers = { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${upstreamUrl}/v1` };
  return { name: 'Portkey', url, pid: child.pid, headers };
}

/** User and system time of a process in milliseconds; the kernel counts in hundredths of a second. */
export function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** The most memory that a process has held, and what it holds now, in MiB. */
export function memoryMib(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mib = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  return { now: mib('VmRSS'), most: mib('VmHWM') };
}
