import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  finalStatuses,
  streams,
  submitSubject,
  tenantSchema,
  type ConsumerContract,
  type DeadLetter,
  type SubmissionInput,
} from '@waybill/contracts';
import { expect } from '@jest/globals';
import pg from 'pg';
import { patient, startStack, type StackOptions, type TestStack } from '../../support/index.js';
import { LedgerOfEnds } from './ledger-of-ends.js';
import { makeWorkload, type WorkloadJob } from './workload.js';

export const faultTenant = tenantSchema.parse('faults');
export const jobCount = 500;

/** Reading is not what breaks here, so nothing is read; a silent worker's messages come back soon. */
export const faultEnvironment = {
  WAYBILL_OCR_ENGINE: 'none',
  WAYBILL_ACK_WAIT_MS: '2000',
  WAYBILL_DRAIN_MS: '5000',
  WAYBILL_LOG_LEVEL: 'warn',
};

/** A stack under load, with everything that is needed to say afterwards what became of each job. */
export interface FaultRun {
  readonly stack: TestStack;
  /** Ids of the jobs that must end. */
  readonly jobIds: string[];
  readonly connection: NatsConnection;
  readonly ledger: LedgerOfEnds;
  /** Resolves when JetStream has acknowledged every submission. */
  readonly submitted: Promise<void>;
  close(): Promise<void>;
}

/** Starts a stack and begins to submit the seed's workload. */
export async function beginFaultRun(
  seed: number,
  options: StackOptions = {},
  count: number = jobCount,
): Promise<FaultRun> {
  const jobs = await makeWorkload(faultTenant, count, seed);
  const stack = await startStack({ ...options, env: { ...faultEnvironment, ...options.env } });
  const ledger = await LedgerOfEnds.open(stack.nats.url);
  const connection = await connect({
    servers: stack.nats.url.split(','),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
  return {
    stack,
    jobIds: jobs.map((job) => job.id),
    connection,
    ledger,
    submitted: submitAll(connection, jobs),
    close: async () => {
      await connection.close();
      await ledger.close();
      await stack.stop();
    },
  };
}

async function submitAll(connection: NatsConnection, jobs: readonly WorkloadJob[]): Promise<void> {
  const waiting = [...jobs];
  const lane = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await publishSurely(connection, job.submission);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

/** A client that means it: publishes until the PubAck comes. The job's id makes a repeat harmless. */
async function publishSurely(connection: NatsConnection, submission: SubmissionInput): Promise<void> {
  const client = jetstream(connection);
  const payload = JSON.stringify(submission);
  const publish = (): Promise<boolean> =>
    client.publish(submitSubject(faultTenant), payload).then(
      () => true,
      () => pause(50, false),
    );
  while (!(await publish()));
}

/** Adds one more job to the run. */
export async function submit(run: FaultRun, submission: SubmissionInput & { readonly id: string }): Promise<void> {
  run.jobIds.push(submission.id);
  await publishSurely(run.connection, submission);
}

/**
 * The invariant: each accepted job has exactly one final state and exactly one row with that state, every dead letter
 * has its reason, and no queue holds anything any more.
 */
export async function proveNothingLost(
  run: FaultRun,
): Promise<{ statuses: Record<string, number>; imperfect: readonly FinalRow[]; deadLetters: readonly DeadLetter[] }> {
  await run.submitted;
  await run.ledger.ended(run.jobIds.length);
  await recorded(run.ledger);
  const { finals, deadLetters } = await run.ledger.read();

  const wrong = run.jobIds.filter((id) => finals.get(id)?.length !== 1).map((id) => [id, finals.get(id)]);
  expect(wrong).toEqual([]);
  expect(finals.size).toBe(run.jobIds.length);
  for (const letter of deadLetters) expect(letter.failure.message).not.toBe('');

  const rows = await finalRows(run.stack.databaseUrl);
  for (const id of run.jobIds) {
    const own = rows.filter((row) => row.id === id).map((row) => row.status);
    expect([id, own]).toEqual([id, finals.get(id)]);
  }
  expect(await unsettledAtLast(run)).toEqual({});
  const statuses = Object.fromEntries(
    finalStatuses.map((status) => [status, rows.filter((row) => row.status === status).length]),
  );
  return { statuses, imperfect: rows.filter(({ status }) => status !== 'completed'), deadLetters };
}

/** A message may be on its way from one queue to the next while each is asked whether it is empty, so they are asked again. */
async function unsettledAtLast({ ledger }: FaultRun): Promise<Record<string, number>> {
  for (let asked = 1; ; asked += 1) {
    const unsettled = await ledger.unsettled();
    if (Object.keys(unsettled).length === 0 || asked === 300) return unsettled;
    await pause(100);
  }
}

/** How often messages of a consumer were delivered, and how many different ones there were. */
export async function deliveriesOf(
  { connection }: FaultRun,
  ofOneStream: readonly ConsumerContract[],
): Promise<{ deliveries: number; messages: number }> {
  const manager = await jetstreamManager(connection, patient);
  const stream = streams[ofOneStream[0]!.stream].name;
  const infos = await Promise.all(ofOneStream.map(({ name }) => manager.consumers.info(stream, name)));
  const deliveries = infos.reduce((sum, { delivered }) => sum + delivered.consumer_seq, 0);
  return { deliveries, messages: (await manager.streams.info(stream)).state.last_seq };
}

/** Resolves when every event is in Postgres and every work queue is empty. */
async function recorded(ledger: LedgerOfEnds): Promise<void> {
  while (Object.keys(await ledger.unsettled()).length > 0) await pause(100);
}

interface FinalRow {
  readonly id: string;
  readonly status: string;
  /** Why it is not completed. */
  readonly problems: unknown;
}

async function finalRows(databaseUrl: string): Promise<FinalRow[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const answer = await client.query<FinalRow>(
      'select job_id as id, status, problems from results where tenant = $1',
      [faultTenant],
    );
    return answer.rows;
  } finally {
    await client.end();
  }
}
