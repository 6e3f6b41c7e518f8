import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { NatsCluster, NatsServer } from '@waybill/embedded-servers';
import { consumers, streams } from '@waybill/contracts';
import { describe, expect, it } from '@jest/globals';
import { patient, startTestNatsCluster } from '../support/index.js';
import { beginFaultRun, proveNothingLost, type FaultRun } from './support/fault-run.js';
import { seededRandom } from './support/workload.js';

const jobs = 80;
/** Longer than nodes wait for the heartbeat of a leader before they choose another. */
const pausedMs = 6_000;

/** A node that does not answer, and whose connections stay open: nobody can tell it from a slow one. */
async function freeze(node: NatsServer): Promise<void> {
  const { pid } = node;
  if (pid === undefined) throw new Error('The node does not run.');
  process.kill(pid, 'SIGSTOP');
  await pause(pausedMs);
  process.kill(pid, 'SIGCONT');
}

async function crash(node: NatsServer): Promise<void> {
  await node.kill();
  await node.restart();
}

const kept = [streams.events, streams.pages, streams.submissions].map(({ name }) => name);

/** Resolves when the leader has said that it hands over: while nobody leads, such a request is answered by nobody, and is asked again. */
async function handOver(connection: NatsConnection, subject: string): Promise<void> {
  for (;;) {
    const reply = await connection.request(subject, '', { timeout: 2_000 }).catch(() => undefined);
    if (reply?.json<{ success?: boolean }>().success) return;
    await pause(100);
  }
}

/** Every leader hands over, of streams and of their consumers. */
async function stepDown(connection: NatsConnection): Promise<void> {
  for (const name of kept) await handOver(connection, `$JS.API.STREAM.LEADER.STEPDOWN.${name}`);
  for (const { stream, name } of [consumers.readPage, consumers.plan, consumers.recordEvents]) {
    await handOver(connection, `$JS.API.CONSUMER.LEADER.STEPDOWN.${streams[stream].name}.${name}`);
  }
}

/** Resolves when every stream has a leader and its copies are up to date. */
async function whole(manager: JetStreamManager): Promise<void> {
  const isWhole = async (name: string): Promise<boolean> => {
    const info = await manager.streams.info(name).catch(() => undefined);
    const { leader, replicas = [] } = info?.cluster ?? {};
    return Boolean(leader) && replicas.length === 2 && replicas.every(({ current, offline }) => current && !offline);
  };
  while (!(await Promise.all(kept.map(isWhole))).every(Boolean)) await pause(100);
}

type Fault = (run: FaultRun, cluster: NatsCluster, node: NatsServer) => Promise<void>;

const freezeNode: Fault = (_run, _cluster, node) => freeze(node);

const faults: readonly (readonly [string, number, Fault])[] = [
  ['a node is killed', 601, (_run, _cluster, node) => crash(node)],
  ['a node is frozen', 602, freezeNode],
  ['all leaders hand over', 603, (run) => stepDown(run.connection)],
];

/** Invariant: three nodes that keep three copies lose no job and end none twice, whichever of them fails. */
describe('a cluster of three nodes', () => {
  it.each(faults)(
    '%s while jobs run',
    async (_title, seed, fault) => {
      const random = seededRandom(seed);
      const cluster = await startTestNatsCluster();
      const startNats = async () => ({ ...cluster.nodes[0]!, url: cluster.url, stop: () => cluster.stop() });
      const run = await beginFaultRun(seed, { startNats, env: { WAYBILL_STREAM_REPLICAS: '3' } }, jobs);
      try {
        const manager = await jetstreamManager(run.connection, patient);
        for (const share of [0.15, 0.5]) {
          await run.ledger.ended(Math.floor((share + 0.2 * random()) * jobs));
          await fault(run, cluster, cluster.nodes[Math.floor(3 * random())]!);
          await whole(manager);
        }
        expect(run.stack.service('ocr').log.filter((line) => line.includes('is in process'))).toEqual([]);
        const { statuses, imperfect, deadLetters } = await proveNothingLost(run);
        expect(deadLetters.map(({ stage, failure }) => ({ stage, failure }))).toEqual([]);
        expect(imperfect).toEqual([]);
        expect(statuses).toMatchObject({ completed: jobs });
      } finally {
        await run.close();
      }
    },
    600_000,
  );
});
