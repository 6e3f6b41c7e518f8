import type { INestApplicationContext } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { streams, tenantSchema, type ReadPageWork, type Routing } from '@waybill/contracts';
import { connect, JetstreamStrategy, type NatsConnection } from '@waybill/jetstream';
import type { WorkQueue } from '@waybill/jobs';
import { createLogger, loadEnvironment, openService } from '@waybill/platform';
import { ocrService } from '../../../apps/ocr/src/ocr-service.js';
import { patient, startTestNats } from '../../support/index.js';
import { readPageWork } from '../jetstream/support/fixtures.js';
import { startJetstreamService } from '../jetstream/support/test-service.js';

/** Pages that the service reads at once. */
const turns = 2;
const backlog = 2_000;
/** Eight pages stand in front; while the next one of a lane is on its way, the two other lanes may have a turn each. */
const mostBefore = (8 + 1) * 3 + 2 * turns;

let server: Awaited<ReturnType<typeof startTestNats>>;
let connection: NatsConnection;
/** A stream remembers message ids when it is emptied: every test has jobs of its own. */
let round = 0;

beforeAll(async () => {
  server = await startTestNats();
  connection = await connect({ NATS_URL: server.url }, 'fair-sharing');
  const provisioning = await startJetstreamService('ocr', server.url, { concurrency: noLane });
  await provisioning.stop();
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});
beforeEach(async () => {
  round += 1;
  const manager = await jetstreamManager(connection, patient);
  for (const { name } of [streams.pages, streams.events, streams.reasoning]) await manager.streams.purge(name);
});

const jobOf = (name: string): string => `${name}-${round}`;
const noLane = { 'ocr-read-page': 0, 'ocr-read-page-middle': 0, 'ocr-read-page-back': 0 };

const pageOf = (tenant: string, jobId: string, page: number, priority?: Routing['priority']): ReadPageWork => {
  const work = readPageWork(jobId, page);
  const routing = { ...work.plan.routing, ...(priority ? { priority } : {}) };
  return { ...work, tenant: tenantSchema.parse(tenant), plan: { ...work.plan, routing } };
};

/** Publishes as intake does. */
async function sender(): Promise<{ readonly queue: WorkQueue; stop(): Promise<void> }> {
  return await startJetstreamService('ocr', server.url, { concurrency: noLane });
}

async function publish(queue: WorkQueue, pages: readonly ReadPageWork[]): Promise<void> {
  for (let from = 0; from < pages.length; from += 64) {
    await Promise.all(pages.slice(from, from + 64).map((page) => queue.readPage(page)));
  }
}

const many = (tenant: string, count: number, priority?: Routing['priority']): ReadPageWork[] =>
  Array.from({ length: count }, (_, index) => pageOf(tenant, `bulk-${round}`, index + 1, priority));

/** A real OCR service that reads every page as empty. */
async function startReading(): Promise<() => Promise<void>> {
  const environment = loadEnvironment({
    NATS_URL: server.url,
    WAYBILL_OCR_ENGINE: 'none',
    WAYBILL_CONCURRENCY: String(turns),
    WAYBILL_LOG_LEVEL: 'silent',
  });
  const app: INestApplicationContext = await openService(ocrService, environment, createLogger('ocr', environment));
  return async () => {
    await app.get(JetstreamStrategy).close();
    await app.close();
  };
}

/** The jobs of the pages that were read, in the order in which they were, until one of `last` is among them. */
async function readUntil(last: string, atPages: Readonly<Record<number, () => Promise<void>>> = {}): Promise<string[]> {
  const order: string[] = [];
  const subscription = connection.subscribe('waybill.*.events.*.page-ended.*');
  const stop = await startReading();
  for await (const message of subscription) {
    order.push(message.subject.split('.')[3] ?? '');
    await atPages[order.length]?.();
    if (order.at(-1) === last) break;
  }
  await stop();
  return order;
}

describe('a tenant with 2,000 pages in the queue', () => {
  it('delays the single page of another by a few pages', async () => {
    const { queue, stop } = await sender();
    await publish(queue, many('big', backlog));
    await publish(queue, [pageOf('small', jobOf('single'), 1)]);
    const order = await readUntil(jobOf('single'));
    expect(order.length).toBeLessThanOrEqual(mostBefore);
    await stop();
  });

  it('delays it by fewer still when its pages are under way already', async () => {
    const { queue, stop } = await sender();
    await publish(queue, many('big', backlog));
    let readBefore = 0;
    const order = await readUntil(jobOf('single'), {
      400: async () => {
        await queue.readPage(pageOf('small', jobOf('single'), 1));
        readBefore = (await (await jetstreamManager(connection, patient)).streams.info(streams.events.name)).state
          .messages;
      },
    });
    expect(readBefore).toBeGreaterThanOrEqual(400);
    // What is read while the page is on its way to a worker counts, too: an empty page takes about a millisecond.
    expect(order.length - readBefore).toBeLessThanOrEqual(2 * turns + 16);
    await stop();
  });

  it('may pass them with an urgent one, and is passed by them with one that can wait', async () => {
    const { queue, stop } = await sender();
    await publish(queue, [pageOf('big', jobOf('idle'), 1, 'low'), ...many('big', 400)]);
    await publish(queue, [pageOf('big', jobOf('urgent'), 1, 'high'), pageOf('big', jobOf('last'), 1)]);
    const order = await readUntil(jobOf('last'));
    expect(order).toHaveLength(403);
    expect(order.indexOf(jobOf('urgent'))).toBeLessThanOrEqual(mostBefore);
    await stop();
  });
});
