import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { jobServiceNames, streams } from '@waybill/contracts';
import { heapOf } from '@waybill/platform';
import { startModelSimulator } from '@waybill/provider-simulator';
import { describe, expect, it } from '@jest/globals';
import { beginFaultRun, type FaultRun } from '../faults/support/fault-run.js';
import { inDatabase } from '../faults/support/model-jobs.js';
import { MemoryWatch } from './overload/memory-watch.js';
import { OverloadClients } from './overload/overload-clients.js';
import { isFlat, overloadTable, type OverloadFigures } from './overload/overload-report.js';

const minutes = Number(process.env['WAYBILL_SOAK_MINUTES'] ?? 2);
const seed = Number(process.env['WAYBILL_SOAK_SEED'] ?? 1);
const figuresFile = process.env['WAYBILL_SOAK_FIGURES'];

/** The bottleneck is a provider that takes its time for each of few calls at once, so that the machine is not what is full. */
const latencyMs = 1_500;
const callsAtOnce = 3;
/** Works on what rules can do, and asks models itself while the queue has no room to pass jobs on. */
const freeLane = 1;
/** What the provider would let through if nothing but its calls took time. */
const mostPerS = ((callsAtOnce + freeLane) * 1_000) / latencyMs;
const bounds = { submissions: 40, pages: 40, reasoning: 40 } as const;
const sampleEveryMs = 30_000;
/** How long the last accepted jobs may take. */
const patienceMs = 300_000;
/** Shorter runs end while services still warm up. */
const minutesOfVerdict = 20;

const lanes = [`free:${freeLane}`, ...['fast', 'standard', 'frontier'].map((lane) => `${lane}:${callsAtOnce}`)].join(
  ',',
);
const preload = [join(import.meta.dirname, 'overload', 'live-heap.mjs')];
const services = Object.fromEntries(jobServiceNames.map((name) => [name, { preload, flags: heapOf(name).flags }]));

interface Overload {
  readonly run: FaultRun;
  readonly clients: OverloadClients;
  readonly watch: MemoryWatch;
  /** Calls that came to the provider. */
  readonly calls: () => number;
}

async function boundQueues({ connection }: FaultRun): Promise<void> {
  const manager = await jetstreamManager(connection);
  for (const [name, max_msgs] of Object.entries(bounds)) {
    await manager.streams.update(streams[name as keyof typeof bounds].name, { max_msgs });
  }
}

/** Submits evenly, by turns at each door, for so long. Resolves at once then; clients that wait to try again go on. */
async function arrive({ clients }: Overload, ratePerS: number, forMs: number, under: Promise<void>[]): Promise<void> {
  const begunAt = performance.now();
  for (let number = 0; performance.now() - begunAt < forMs; number += 1) {
    under.push(clients.send(number % 2 === 0 ? 'rest' : 'nats', `overload-${seed}-${under.length}-end`));
    await pause(Math.max(0, begunAt + ((number + 1) * 1_000) / ratePerS - performance.now()));
  }
}

/** Jobs that end in a second while there is always more to do; on a busy machine at least what the provider lets through. */
async function measureCapacity(overload: Overload, under: Promise<void>[]): Promise<number> {
  const warmMs = Math.min(30_000, (minutes * 60_000) / 6);
  await arrive(overload, 2 * mostPerS, warmMs, under);
  const before = overload.run.ledger.endedCount;
  await arrive(overload, 2 * mostPerS, 2 * warmMs, under);
  const measured = (1_000 * (overload.run.ledger.endedCount - before)) / (2 * warmMs);
  process.stderr.write(
    `${measured.toFixed(2)} jobs/s ended; the provider lets ${mostPerS.toFixed(2)} jobs/s through\n`,
  );
  return Math.max(measured, mostPerS);
}

async function sample({ run, clients, watch }: Overload, atMs: number): Promise<void> {
  for (const name of jobServiceNames) await watch.sampleService(run.stack.service(name), atMs);
  if (run.stack.nats.pid !== undefined) await watch.sampleProcess('nats-server', run.stack.nats.pid, atMs);
  const held = [...watch.samples].map(([name, all]) => `${name} ${Math.round(all.at(-1)!.residentBytes / 1_048_576)}`);
  const { rest, nats } = clients;
  process.stderr.write(
    `${(atMs / 60_000).toFixed(1)} min: wanted ${rest.wanted + nats.wanted}, accepted ${clients.accepted.size}, ` +
      `refusals ${rest.refusals}+${nats.refusals}, ended ${run.ledger.endedCount}; MiB: ${held.join(', ')}\n`,
  );
}

/** Until the load is over. */
async function sampleOften(overload: Overload, isOver: AbortSignal): Promise<void> {
  const begunAt = performance.now();
  for (let next = sampleEveryMs; !isOver.aborted; next += sampleEveryMs) {
    await sample(overload, performance.now() - begunAt);
    await pause(Math.max(0, begunAt + next - performance.now()), undefined, { signal: isOver }).catch(() => undefined);
  }
}

/** Calls in the ledger by job, and reservations of which nobody knows what became of them. */
async function billed({ run }: Overload): Promise<{ byJob: Map<string, number>; open: number }> {
  return await inDatabase(run.stack, async (client) => {
    const text = `SELECT job_id AS id, count(*)::int AS calls FROM ledger WHERE entry LIKE 'call/%' GROUP BY job_id`;
    const { rows } = await client.query<{ id: string; calls: number }>(text);
    const open = await client.query<{ calls: number }>('SELECT count(*)::int AS calls FROM reservations');
    return { byJob: new Map(rows.map(({ id, calls }) => [id, calls])), open: open.rows[0]!.calls };
  });
}

async function gather(overload: Overload, capacityPerS: number): Promise<OverloadFigures> {
  const { run, clients, calls } = overload;
  const { finals, deadLetters } = await run.ledger.read();
  const { byJob, open } = await billed(overload);
  const known = new Set([...clients.accepted, ...byJob.keys()]);
  const ends: Record<string, number> = {};
  for (const statuses of finals.values()) for (const status of statuses) ends[status] = (ends[status] ?? 0) + 1;
  return {
    minutes,
    capacityPerS,
    wantedPerS: 2 * capacityPerS,
    doors: { rest: clients.rest, nats: clients.nats },
    ends,
    lost: [...clients.accepted].filter((id) => !finals.has(id)).length,
    doubled: [...finals.values()].filter((statuses) => statuses.length > 1).length,
    deadLetters: deadLetters.map(({ failure }) => failure.message),
    callsAnswered: calls(),
    callsBilled: [...byJob.values()].reduce((all, each) => all + each, 0),
    jobsBilledWrongly: [...known].filter((id) => !clients.accepted.has(id) || byJob.get(id) !== 1).length,
    callsOpen: open,
    unexpected: clients.unexpected,
    unanswered: clients.unanswered,
  };
}

/** Invariant: at twice its capacity a stack refuses what it cannot keep, ends once what it took, and does not grow. */
describe(`${minutes} minutes at twice the capacity`, () => {
  it(
    'lose nothing, pay each call once, and need no more memory at the end than before',
    async () => {
      let calls = 0;
      const simulator = await startModelSimulator({
        models: () => ({ latency: { firstTokenMs: latencyMs, perOutputTokenMs: 0 } }),
        onCall: () => {
          calls += 1;
        },
      });
      const env = {
        WAYBILL_MODEL_SIMULATOR_URL: simulator.url,
        WAYBILL_REASONING_LANES: lanes,
        WAYBILL_ACK_WAIT_MS: '',
      };
      const run = await beginFaultRun(seed, { env, services }, 0);
      try {
        await boundQueues(run);
        const overload = {
          run,
          clients: new OverloadClients(run.stack.url, run.connection),
          watch: new MemoryWatch(),
          calls: () => calls,
        };
        const under: Promise<void>[] = [];
        const capacityPerS = await measureCapacity(overload, under);
        process.stderr.write(`wanted from now on: ${(2 * capacityPerS).toFixed(2)} jobs/s\n`);
        const over = new AbortController();
        const sampled = sampleOften(overload, over.signal);
        await arrive(overload, 2 * capacityPerS, minutes * 60_000, under);
        over.abort();
        await Promise.all([...under, sampled]);
        const late = pause(patienceMs, undefined, { ref: false });
        await Promise.race([run.ledger.ended(overload.clients.accepted.size), late]);

        const figures = await gather(overload, capacityPerS);
        process.stderr.write(`\n${overloadTable(figures, overload.watch, jobServiceNames)}\n`);
        const samples = Object.fromEntries(overload.watch.samples);
        if (figuresFile) await writeFile(figuresFile, JSON.stringify({ ...figures, samples }, undefined, 2));
        const { accepted } = overload.clients;
        expect(figures).toMatchObject({ lost: 0, doubled: 0, deadLetters: [], callsOpen: 0, jobsBilledWrongly: 0 });
        expect(figures.callsAnswered).toBe(figures.callsBilled);
        expect(figures).toMatchObject({ ends: { completed: accepted.size }, unexpected: [] });
        expect(figures.doors.rest.refusals).toBeGreaterThan(0);
        expect(figures.doors.nats.refusals).toBeGreaterThan(0);
        if (minutes < minutesOfVerdict) return;
        expect(jobServiceNames.filter((name) => !isFlat(overload.watch, name))).toEqual([]);
      } finally {
        await run.close();
        await simulator.close();
      }
    },
    1.5 * minutes * 60_000 + 600_000,
  );
});
