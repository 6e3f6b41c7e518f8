import { setTimeout as pause } from 'node:timers/promises';
import { jobServiceNames, type JobServiceName } from '@waybill/contracts';
import pg from 'pg';
import type { FaultRun } from '../faults/support/fault-run.js';
import { clusterNodes, type SeparableCluster, type SmallDisk } from '../support/index.js';

/** Something that goes wrong and is right again when it resolves. */
export interface Fault {
  readonly name: string;
  readonly happen: (run: FaultRun) => Promise<void>;
}

const briefMs = 2_000;

const killed = (name: JobServiceName): Fault => ({
  name: `${name} killed`,
  happen: async ({ stack }) => {
    await stack.service(name).kill();
    await stack.startAgain(name);
  },
});

const stopped = (name: JobServiceName): Fault => ({
  name: `${name} stopped by SIGTERM`,
  happen: async ({ stack }) => {
    await stack.service(name).stop();
    await stack.startAgain(name);
  },
});

const frozen = (name: JobServiceName): Fault => ({
  name: `${name} frozen`,
  happen: async ({ stack }) => await freeze(stack.service(name).pid),
});

/** Its services are preloaded with a clock that jumps at this signal. */
const clockJumps = (name: JobServiceName): Fault => ({
  name: `clock of ${name} jumps by hours`,
  happen: async ({ stack }) => void process.kill(stack.service(name).pid, 'SIGUSR2'),
});

/** A disk without room for a while; the server is started again when there is some, as its operator would. */
const filled = (disk: SmallDisk, server: string, restart: (run: FaultRun) => Promise<void> | undefined): Fault => ({
  name: `disk of ${server} full`,
  happen: async (run) => {
    await disk.fill();
    await pause(briefMs);
    await disk.empty();
    await restart(run);
  },
});

/** What can fail only where its disk may be filled. */
export const diskFaults = (nats: SmallDisk, postgres: SmallDisk): readonly Fault[] => [
  filled(nats, 'JetStream', ({ stack }) => stack.nats.restart()),
  filled(postgres, 'Postgres', ({ stack }) => stack.postgres?.restart()),
];

async function freeze(pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('It does not run, so it cannot be frozen.');
  process.kill(pid, 'SIGSTOP');
  await pause(briefMs);
  process.kill(pid, 'SIGCONT');
}

const cutSessions = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

async function withDatabase(run: FaultRun, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: run.stack.databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const readOnly = (run: FaultRun): Promise<void> =>
  withDatabase(run, async (client) => {
    await client.query('ALTER DATABASE waybill SET default_transaction_read_only = on');
    await client.query(cutSessions);
    await pause(briefMs);
    await client.query('SET default_transaction_read_only = off');
    await client.query('ALTER DATABASE waybill RESET default_transaction_read_only');
    await client.query(cutSessions);
  });

/** Longer than nodes wait for the heartbeat of a leader before they choose another. */
const apartMs = 6_000;

/** What can fail only where NATS runs on hosts whose cables may be cut. */
export const partitions = (cluster: SeparableCluster): readonly Fault[] =>
  clusterNodes.map((node) => ({
    name: `node ${node} of NATS cut off`,
    happen: async () => {
      await cluster.separate(node);
      await pause(apartMs);
      await cluster.join(node);
    },
  }));

/** What fails whatever NATS runs on. */
export const faultsOfAll: readonly Fault[] = [
  ...jobServiceNames.map(killed),
  ...jobServiceNames.map(stopped),
  ...jobServiceNames.map(frozen),
  ...jobServiceNames.map(clockJumps),
  {
    name: 'Postgres killed',
    happen: async ({ stack }) => {
      await stack.postgres?.kill();
      await pause(briefMs);
      await stack.postgres?.restart();
    },
  },
  {
    name: 'Postgres connections cut',
    happen: (run) => withDatabase(run, async (client) => void (await client.query(cutSessions))),
  },
  { name: 'Postgres read-only', happen: readOnly },
  {
    name: 'all services stopped by SIGTERM',
    happen: async ({ stack }) => {
      await Promise.all(jobServiceNames.map((name) => stack.service(name).stop()));
      await Promise.all(jobServiceNames.map((name) => stack.startAgain(name)));
    },
  },
];

/** What fails where one nats-server runs by itself. */
export const faults: readonly Fault[] = [
  ...faultsOfAll,
  {
    name: 'nats-server killed',
    happen: async ({ stack }) => {
      await stack.nats.kill();
      await stack.nats.restart();
    },
  },
  { name: 'nats-server frozen', happen: ({ stack }) => freeze(stack.nats.pid) },
  {
    name: 'both servers stopped by SIGTERM',
    happen: async ({ stack }) => void (await Promise.all([stack.nats.restart(), stack.postgres?.restart()])),
  },
  {
    name: 'everything killed',
    happen: async ({ stack }) => {
      await Promise.all([stack.nats.kill(), ...jobServiceNames.map((name) => stack.service(name).kill())]);
      await stack.nats.restart();
      await Promise.all(jobServiceNames.map((name) => stack.startAgain(name)));
    },
  },
];
