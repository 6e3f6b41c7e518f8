import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findNatsBinary } from '@waybill/embedded-servers';
import { temporaryFolder } from './temporary-folder.js';

const run = promisify(execFile);
const ip = (...args: string[]): Promise<unknown> => run('ip', args);

/** Three nats-servers on hosts of their own, as far as the network can tell, that keep streams together. */
export interface SeparableCluster {
  /** All nodes, separated by commas. */
  readonly url: string;
  /** Takes a node's cable out: its connections stay open at both ends, and nothing gets through. */
  separate(node: number): Promise<void>;
  join(node: number): Promise<void>;
  stop(): Promise<void>;
}

export const clusterNodes = [1, 2, 3] as const;
const nodes = clusterNodes;

/** A name that the system has room for, and that no other run takes. */
const tag = `wb${process.pid.toString(36)}`;
/** Set aside for measuring networks, so that no network in use is hidden by it. */
const subnet = `198.${18 + (process.pid % 2)}.${Math.floor(process.pid / 2) % 250}`;
const addressOf = (node: number): string => `${subnet}.${node + 1}`;
const cableOf = (node: number): string => `${tag}h${node}`;

/** Undefined where hosts cannot be made up: that takes root, Linux and iproute2. */
export async function startSeparableCluster(): Promise<SeparableCluster | undefined> {
  const removals: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const remove of removals.splice(0).reverse()) await remove().catch(() => undefined);
  };
  try {
    await makeHosts(removals);
  } catch {
    await stop();
    return undefined;
  }
  try {
    const folder = await temporaryFolder('separable');
    removals.push(() => folder.remove());
    const servers = await Promise.all(nodes.map((node) => startNode(node, folder.path)));
    removals.push(() => Promise.all(servers.map(end)));
    await untilTogether();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: nodes.map((node) => `nats://${addressOf(node)}:4222`).join(','),
    separate: async (node) => void (await ip('link', 'set', cableOf(node), 'down')),
    join: async (node) => void (await ip('link', 'set', cableOf(node), 'up')),
    stop,
  };
}

/** A bridge, and for each node a host with a cable to it. */
async function makeHosts(removals: (() => Promise<unknown>)[]): Promise<void> {
  const bridge = `${tag}b`;
  await ip('link', 'add', bridge, 'type', 'bridge');
  removals.push(() => ip('link', 'del', bridge));
  await ip('addr', 'add', `${subnet}.1/24`, 'dev', bridge);
  await ip('link', 'set', bridge, 'up');
  for (const node of nodes) {
    const host = `${tag}n${node}`;
    await ip('netns', 'add', host);
    removals.push(() => ip('netns', 'del', host));
    await ip('link', 'add', cableOf(node), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', host);
    await ip('link', 'set', cableOf(node), 'master', bridge, 'up');
    await ip('-n', host, 'addr', 'add', `${addressOf(node)}/24`, 'dev', 'eth0');
    await ip('-n', host, 'link', 'set', 'eth0', 'up');
    await ip('-n', host, 'link', 'set', 'lo', 'up');
  }
}

async function startNode(node: number, folder: string): Promise<ChildProcess> {
  const dataDir = join(folder, String(node));
  await mkdir(dataDir);
  const config = join(dataDir, 'nats-server.json');
  await writeFile(config, JSON.stringify(configurationOf(node, dataDir)));
  const binary = await findNatsBinary();
  return spawn('ip', ['netns', 'exec', `${tag}n${node}`, binary, '--config', config], { stdio: 'ignore' });
}

const configurationOf = (node: number, dataDir: string): unknown => ({
  server_name: `node-${node}`,
  ...{ host: addressOf(node), port: 4222, http: `${addressOf(node)}:8222` },
  // A client or a node behind a cut cable is given up after two unanswered pings.
  ...{ ping_interval: '1s', ping_max: 2, write_deadline: '2s' },
  cluster: {
    ...{ name: 'waybill', listen: `${addressOf(node)}:6222`, ping_interval: '1s' },
    routes: nodes.map((other) => `nats://${addressOf(other)}:6222`),
  },
  jetstream: { store_dir: join(dataDir, 'jetstream') },
});

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}

/** Monitoring tells when the nodes have a leader and know each other. */
async function untilTogether(): Promise<void> {
  const knowsAll = async (node: number): Promise<boolean> => {
    const answer = await fetch(`http://${addressOf(node)}:8222/jsz`).catch(() => undefined);
    const state = (await answer?.json()) as { meta_cluster?: { leader?: string; cluster_size?: number } } | undefined;
    return Boolean(state?.meta_cluster?.leader) && state?.meta_cluster?.cluster_size === nodes.length;
  };
  while (!(await Promise.all(nodes.map(knowsAll))).every(Boolean)) await pause(100);
}
