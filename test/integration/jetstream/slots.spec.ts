import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream } from '@nats-io/jetstream';
import { readPageSubject } from '@waybill/contracts';
import { completed } from '@waybill/jobs';
import { signal, startTestNats } from '../../support/index.js';
import { readPageWork } from './support/fixtures.js';
import { isEmpty, queueState, readPage, untilQueue } from './support/queue-state.js';
import { startJetstreamService, type RunningService } from './support/test-service.js';

let server: Awaited<ReturnType<typeof startTestNats>>;
const started: RunningService[] = [];

beforeAll(async () => {
  server = await startTestNats();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.stop()));
});
afterAll(() => server.stop());

async function start(
  slots: number,
  readPageHandler: (job: string) => Promise<void> | void,
  ackWaitMs = 30_000,
): Promise<RunningService> {
  const service = await startJetstreamService('ocr', server.url, {
    env: { WAYBILL_ACK_WAIT_MS: String(ackWaitMs) },
    concurrency: { 'ocr-read-page': slots },
    handlers: {
      readPage: async (work) => {
        await readPageHandler(work.jobId);
        return completed();
      },
    },
  });
  started.push(service);
  return service;
}

/** Publishes into the one lane whose slots are looked at. */
async function inFront(service: RunningService, job: string): Promise<void> {
  const work = readPageWork(job);
  await jetstream(service.connection).publish(readPageSubject(work.tenant, 'front'), JSON.stringify(work));
}

describe('a consumer with three slots', () => {
  it('holds three messages and leaves the others to whoever is free', async () => {
    const letGo = signal();
    const full = signal();
    const held: string[] = [];
    const busy = await start(3, (job) => {
      held.push(job);
      if (held.length === 3) full.resolve();
      return letGo.promise;
    });
    for (let job = 1; job <= 10; job += 1) await inFront(busy, `held-${job}`);
    await full.promise;
    expect(await queueState(busy.connection, readPage)).toEqual({ kept: 10, waiting: 7, unsettled: 3 });

    const others: string[] = [];
    const rest = signal();
    const free = await start(3, (job) => {
      others.push(job);
      if (others.length === 7) rest.resolve();
    });
    await rest.promise;
    await untilQueue(free.connection, readPage, ({ unsettled }) => unsettled === 3);
    expect(new Set([...held, ...others]).size).toBe(10);
    expect(held).toHaveLength(3);
    letGo.resolve();
    await untilQueue(free.connection, readPage, isEmpty);
  });

  it('takes the next message as soon as one slot is free, while the others are still busy', async () => {
    const blocked = signal();
    const last = signal();
    let under = 0;
    let most = 0;
    const service = await start(3, async (job) => {
      under += 1;
      most = Math.max(most, under);
      if (job === 'block-1' || job === 'block-2') await blocked.promise;
      if (job === 'quick-20') last.resolve();
      under -= 1;
    });
    await inFront(service, 'block-1');
    await inFront(service, 'block-2');
    for (let job = 1; job <= 20; job += 1) await inFront(service, `quick-${job}`);
    await last.promise;
    blocked.resolve();
    await untilQueue(service.connection, readPage, isEmpty);
    expect(most).toBe(3);
  });
});

describe('a connection that breaks', () => {
  it('is taken up again after the server restarts: every message is handled', async () => {
    const jobs = new Set<string>();
    const wanted = 200;
    const all = signal();
    const take = (job: string): void => {
      jobs.add(job);
      if (jobs.size === wanted) all.resolve();
    };
    // Acks that were on their way when the connection broke are lost: their messages come back after the ack wait.
    const service = await start(8, take, 1_000);
    const publish = (from: number, to: number): Promise<unknown> =>
      Promise.all(
        Array.from({ length: to - from }, (_, index) =>
          service.queue.readPage(readPageWork(`restart-${from + index}`)),
        ),
      );
    await publish(0, wanted / 2);
    await server.restart();
    await publish(wanted / 2, wanted);
    await all.promise;
    await untilQueue(service.connection, readPage, isEmpty);
  });
});
