import { setTimeout as pause } from 'node:timers/promises';
import { jobServiceNames, type JobServiceName } from '@waybill/contracts';
import pg from 'pg';
import type { FaultRun } from '../faults/support/fault-run.js';

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

/** Each of them once in a while, chosen by the seed. */
export const faults: readonly Fault[] = [
  ...jobServiceNames.map(killed),
  ...jobServiceNames.map(stopped),
  frozen('ocr'),
  frozen('reasoning'),
  {
    name: 'nats-server killed',
    happen: async ({ stack }) => {
      await stack.nats.kill();
      await stack.nats.restart();
    },
  },
  { name: 'nats-server frozen', happen: ({ stack }) => freeze(stack.nats.pid) },
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
    name: 'everything stopped by SIGTERM',
    happen: async ({ stack }) => {
      await Promise.all(jobServiceNames.map((name) => stack.service(name).stop()));
      await Promise.all(jobServiceNames.map((name) => stack.startAgain(name)));
    },
  },
];
