import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jobServiceNames } from '@waybill/contracts';
import { startNatsServer, startPostgres } from '@waybill/embedded-servers';
import { describe, expect, it } from '@jest/globals';
import { beginFaultRun, faultTenant, submit, type FaultRun } from '../faults/support/fault-run.js';
import { makeWorkload, seededRandom } from '../faults/support/workload.js';
import { diskFaults, faults, faultsOfAll, partitions, type Fault } from './faults.js';
import {
  mountSmallDisk,
  startSeparableCluster,
  type SeparableCluster,
  type SmallDisk,
  type StackOptions,
} from '../support/index.js';
import { soakTable, type SoakRow } from './soak-table.js';

const minutes = Number(process.env['WAYBILL_SOAK_MINUTES'] ?? 1);
const seed = Number(process.env['WAYBILL_SOAK_SEED'] ?? 1);
const onCluster = process.env['WAYBILL_SOAK_PARTITIONS'] === 'true';
const jobsASecond = 5;
/** How long jobs may take to end when everything is right again; who takes longer is stuck. */
const patienceMs = 120_000;

const preload = [join(import.meta.dirname, '..', 'faults', 'support', 'moved-clock.mjs')];
const clock = { preload, env: { WAYBILL_FAULT_CLOCK_MS: String(3 * 3_600_000) } };
const services = Object.fromEntries(jobServiceNames.map((name) => [name, clock]));

interface Disks {
  readonly nats: SmallDisk;
  readonly postgres: SmallDisk;
}

/** Undefined where disks cannot be mounted: then they are not filled either. */
async function mountDisks(): Promise<Disks | undefined> {
  const nats = await mountSmallDisk(512);
  const postgres = nats && (await mountSmallDisk(512));
  if (nats && postgres) return { nats, postgres };
  process.stderr.write('Small disks cannot be mounted here (that takes root), so none is filled.\n');
  await nats?.remove();
  return undefined;
}

const serversOn = (disks: Disks | undefined): StackOptions =>
  disks
    ? {
        startNats: () => startNatsServer({ dataDir: join(disks.nats.path, 'nats') }),
        startOwnPostgres: () => startPostgres({ dataDir: join(disks.postgres.path, 'postgres'), durability: 'none' }),
      }
    : {};

/** @throws Error where hosts cannot be made up: then nothing that was asked for would be tried */
async function madeUpHosts(): Promise<SeparableCluster> {
  const cluster = await startSeparableCluster();
  if (cluster) return cluster;
  throw new Error('Hosts cannot be made up here (that takes Linux, root and iproute2); leave out --partitions.');
}

const nodesOf = (cluster: SeparableCluster): StackOptions => ({
  env: { WAYBILL_STREAM_REPLICAS: '3' },
  startNats: () =>
    Promise.resolve({
      ...{ url: cluster.url, dataDir: '', pid: undefined, stop: () => cluster.stop() },
      ...{ kill: () => cluster.stop(), restart: () => Promise.resolve() },
    }),
});

/** Jobs by the fault that was the last to begin when they were submitted. */
class Soak {
  readonly rows = new Map<string, SoakRow>();
  readonly faultOfJob = new Map<string, string>();
  private current = 'none yet';
  isOver = false;

  begin(fault: string): void {
    this.current = fault;
    this.row(fault).timesTried += 1;
  }

  submitted(jobId: string): void {
    this.faultOfJob.set(jobId, this.current);
    this.row(this.current).jobs += 1;
  }

  row(fault: string): SoakRow {
    const found = this.rows.get(fault) ?? { fault, timesTried: 0, jobs: 0, lost: 0, doubled: 0, stuck: 0 };
    this.rows.set(fault, found);
    return found;
  }
}

async function load(run: FaultRun, soak: Soak): Promise<void> {
  const jobs = await makeWorkload(faultTenant, Math.ceil(minutes * 60 * jobsASecond), seed);
  for (const job of jobs) {
    if (soak.isOver) return;
    soak.submitted(job.id);
    await Promise.all([submit(run, { ...job.submission, id: job.id }), pause(1_000 / jobsASecond)]);
  }
}

/** All faults in an order of the seed's, again and again, so that a long run tries each of them. */
function* shuffled(all: readonly Fault[], random: () => number): Generator<Fault> {
  for (;;) {
    const left = [...all];
    while (left.length > 0) yield left.splice(Math.floor(random() * left.length), 1)[0]!;
  }
}

async function breakThings(run: FaultRun, soak: Soak, all: readonly Fault[]): Promise<void> {
  const random = seededRandom(seed);
  const endMs = Date.now() + minutes * 60_000;
  for (const fault of shuffled(all, random)) {
    if (Date.now() >= endMs) break;
    soak.begin(fault.name);
    process.stderr.write(`${new Date().toISOString()} ${fault.name}\n`);
    await fault.happen(run);
    await pause(1_000 + 3_000 * random());
  }
  soak.isOver = true;
}

async function count(run: FaultRun, soak: Soak): Promise<void> {
  const all = run.ledger.ended(run.jobIds.length).then(() => 'ended');
  const isStuck = (await Promise.race([all, pause(patienceMs, 'late', { ref: false })])) === 'late';
  const { finals } = await run.ledger.read();
  for (const [jobId, fault] of soak.faultOfJob) {
    const row = soak.row(fault);
    const ends = finals.get(jobId)?.length ?? 0;
    if (ends > 1) row.doubled += 1;
    // Without work left in the queues nothing will end it any more.
    if (ends === 0) row[isStuck && Object.keys(await run.ledger.unsettled()).length > 0 ? 'stuck' : 'lost'] += 1;
  }
}

/** Invariant: whatever fails, in whatever order, each accepted job ends exactly once. */
describe(`${minutes} minutes of random faults, seed ${seed}`, () => {
  it(
    'lose no job, end none twice and leave none behind',
    async () => {
      const cluster = onCluster ? await madeUpHosts() : undefined;
      const disks = cluster ? undefined : await mountDisks();
      const servers = cluster ? nodesOf(cluster) : serversOn(disks);
      const run = await beginFaultRun(seed, { postgres: 'own', services, ...servers }, 0);
      try {
        const soak = new Soak();
        const ofServers = disks ? diskFaults(disks.nats, disks.postgres) : [];
        const all = cluster ? [...faultsOfAll, ...partitions(cluster)] : [...faults, ...ofServers];
        await Promise.all([load(run, soak), breakThings(run, soak, all)]);
        await count(run, soak);
        const rows = [...soak.rows.values()].toSorted((one, other) => one.fault.localeCompare(other.fault));
        process.stderr.write(`\nseed ${seed}, ${minutes} minutes\n${soakTable(rows)}\n`);
        expect(rows.reduce((sum, row) => sum + row.lost + row.doubled + row.stuck, 0)).toBe(0);
      } finally {
        await run.close();
        await disks?.nats.remove();
        await disks?.postgres.remove();
      }
    },
    minutes * 60_000 + 300_000,
  );
});
