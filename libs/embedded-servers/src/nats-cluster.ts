import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedServerError } from './embedded-server-error.js';
import { freePort } from './free-port.js';
import { startNatsServer, type NatsServer } from './nats-server.js';

export interface NatsClusterOptions {
  /** Created when missing; each node has a folder of its own in it. */
  readonly dataDir: string;
  /** Three by default: the smallest number that goes on without one of them. */
  readonly nodes?: number;
  /** As of a single server. */
  readonly durability?: 'process-safe' | 'power-safe';
}

/** Several nats-servers on this machine that keep streams together. */
export interface NatsCluster {
  /** All nodes, separated by commas, as `NATS_URL` takes them. */
  readonly url: string;
  readonly nodes: readonly NatsServer[];
  /** Ends all nodes in good order. May be called twice. */
  stop(): Promise<void>;
}

const patienceMs = 120_000;
const nameOf = (index: number): string => `waybill-${index + 1}`;

/**
 * Starts a JetStream cluster on 127.0.0.1 and resolves when it has a leader that knows all nodes.
 * @throws EmbeddedServerError, a sentence, when it cannot; nothing is left running then.
 */
export async function startNatsCluster({ dataDir, nodes = 3, durability }: NatsClusterOptions): Promise<NatsCluster> {
  const ports = await Promise.all(Array.from({ length: nodes }, () => freePort()));
  const routes = ports.map((port) => `nats://127.0.0.1:${port}`);
  const starts = await Promise.allSettled(
    ports.map((port, index) =>
      startNatsServer({
        dataDir: join(dataDir, nameOf(index)),
        cluster: { name: 'waybill', node: nameOf(index), port, routes },
        ...(durability === undefined ? {} : { durability }),
      }),
    ),
  );
  const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(servers.map((server) => server.stop())));
  try {
    for (const start of starts) if (start.status === 'rejected') throw start.reason as Error;
    await untilReady(servers);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: servers.map(({ url }) => url).join(','), nodes: servers, stop };
}

/** Monitoring tells when a node is current with the others. */
async function untilReady(servers: readonly NatsServer[]): Promise<void> {
  const endMs = Date.now() + patienceMs;
  while (!(await Promise.all(servers.map((server) => knowsAll(server, servers.length)))).every(Boolean)) {
    if (Date.now() > endMs) {
      throw new EmbeddedServerError('The nodes of the NATS cluster do not find each other; look at their logs.');
    }
    await delay(100);
  }
}

async function knowsAll({ monitoringUrl }: NatsServer, nodes: number): Promise<boolean> {
  const answer = await fetch(`${monitoringUrl}/jsz`).catch(() => undefined);
  const state = (await answer?.json()) as { meta_cluster?: { leader?: string; cluster_size?: number } } | undefined;
  const meta = state?.meta_cluster;
  return Boolean(meta?.leader) && meta?.cluster_size === nodes;
}
