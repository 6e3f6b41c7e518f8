import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { streams } from '@waybill/contracts';
import { describe, expect, it } from '@jest/globals';
import { patient } from '../support/index.js';
import { beginFaultRun, faultTenant, proveNothingLost, submit, type FaultRun } from './support/fault-run.js';
import { makeWorkload, type WorkloadJob } from './support/workload.js';

/** Pages that the queue has room for, and jobs that have twice as many at the least. */
const roomPages = 8;
const jobs = 2 * roomPages;
const seed = 1_501;

/** A client that means it: sends the same submission again for as long as it is refused. */
async function postSurely({ stack }: FaultRun, { submission }: WorkloadJob, onRefusal: () => void): Promise<void> {
  const headers = { 'content-type': 'application/json', 'waybill-tenant': faultTenant };
  for (;;) {
    const reply = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', headers, body: JSON.stringify(submission) });
    const answer = await reply.text();
    if (reply.status === 202) return;
    expect([reply.status, answer]).toEqual([503, expect.stringContaining('urn:waybill:problem:unavailable')]);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    onRefusal();
    await pause(100);
  }
}

/** Invariant: what comes while twice as much waits as there is room for is refused or kept, and nothing that was kept is lost. */
describe('a load of twice what the queues hold', () => {
  it('is refused at REST, waits over NATS, and all of it ends once when workers come', async () => {
    const run = await beginFaultRun(seed, {}, 0);
    try {
      const manager = await jetstreamManager(run.connection, patient);
      const pages = streams.pages.name;
      const waiting = async (): Promise<number> => (await manager.streams.info(pages)).state.messages;
      await manager.streams.update(pages, { max_msgs: roomPages });
      await run.stack.service('ocr').stop();

      const load = await makeWorkload(faultTenant, jobs, seed);
      for (const job of load) await submit(run, { ...job.submission, id: job.id });
      while ((await waiting()) < roomPages) await pause(50);
      expect(await waiting()).toBe(roomPages);
      // What an operator does once somebody is refused.
      const relieve = async (): Promise<void> => {
        await manager.streams.update(pages, { max_msgs: -1 });
        await run.stack.startAgain('ocr');
      };
      // The door looks at the queues once a second at most: it takes a few more until it knows, and keeps those, too.
      let workers: Promise<void> | undefined;
      for (const job of await makeWorkload(faultTenant, 200, seed + 1)) {
        if (workers) break;
        run.jobIds.push(job.id);
        await postSurely(run, job, () => (workers ??= relieve()));
        // Evenly, so that the door looks again before all of them are handed in, however fast the machine is.
        await pause(25);
      }
      expect(workers).toBeDefined();
      await workers;

      const { statuses, deadLetters } = await proveNothingLost(run);
      expect(statuses).toMatchObject({ completed: run.jobIds.length });
      expect(deadLetters).toEqual([]);
      expect(await waiting()).toBe(0);
    } finally {
      await run.close();
    }
  }, 600_000);
});
