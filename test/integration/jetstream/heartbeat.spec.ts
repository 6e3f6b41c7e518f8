import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadPageWork } from '@waybill/contracts';
import { completed, deferred, failedTerminal, type MessageContext, type Outcome } from '@waybill/jobs';
import { signal, startTestNats } from '../../support/index.js';
import { accepted, cancelRequested, damaged, pastDeadline, readPageWork, webhookWork } from './support/fixtures.js';
import { isEmpty, readPage, untilQueue } from './support/queue-state.js';
import { startJetstreamService, type RunningService } from './support/test-service.js';

const ackWaitMs = 500;
const env = { WAYBILL_ACK_WAIT_MS: String(ackWaitMs) };
type Handler = (work: ReadPageWork, context: MessageContext) => Promise<Outcome>;

let server: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;
let handler: Handler = () => Promise.resolve(completed());
let deliveries = 0;

beforeAll(async () => {
  server = await startTestNats();
  service = await startJetstreamService('ocr', server.url, {
    env,
    handlers: {
      readPage: (work, context) => {
        deliveries += 1;
        return handler(work, context);
      },
    },
  });
});
beforeEach(() => {
  deliveries = 0;
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const untilAborted = (context: MessageContext): Promise<unknown> => once(context.signal, 'abort');

describe('a handler that takes longer than the ack wait', () => {
  it('keeps its message by heartbeats', async () => {
    const slow: number[] = [];
    const clock = signal();
    handler = async ({ jobId }, { redelivered, attempt }) => {
      if (jobId === 'clock' && !redelivered)
        return deferred(new Date(Date.now() + 3 * ackWaitMs), 'the server keeps time');
      if (jobId === 'clock') clock.resolve();
      else slow.push(attempt);
      await clock.promise;
      return completed();
    };
    await service.queue.readPage(readPageWork('clock'));
    await service.queue.readPage(readPageWork('slow'));
    await untilQueue(service.connection, readPage, isEmpty);
    expect(slow).toEqual([1]);
  });
});

describe('a deadline', () => {
  it('aborts the handler at its moment, and settles the message as done whatever the handler says', async () => {
    const deadline = new Date(Date.now() + 400);
    const abortedAt = signal<number>();
    handler = async (_, context) => {
      await untilAborted(context);
      abortedAt.resolve(Date.now());
      return failedTerminal(damaged);
    };
    await service.queue.readPage(readPageWork('overdue', 1, deadline.toISOString()));
    // Timers keep a clock of their own, some milliseconds beside the one that dates are read from.
    expect(await abortedAt.promise).toBeGreaterThan(deadline.getTime() - 50);
    await untilQueue(service.connection, readPage, isEmpty);
    expect(deliveries).toBe(1);
    expect(await service.box.list({ limit: 10 })).toEqual([]);
  });

  it('in the past completes the message without running it', async () => {
    await service.queue.readPage(readPageWork('long-overdue', 1, pastDeadline));
    await untilQueue(service.connection, readPage, isEmpty);
    expect(deliveries).toBe(0);
  });

  it('ends the heartbeats of a handler that does not listen: the message comes back and is completed', async () => {
    const released = signal();
    handler = async () => {
      await released.promise;
      return completed();
    };
    await service.queue.readPage(readPageWork('deaf', 1, new Date(Date.now() + 300).toISOString()));
    await untilQueue(service.connection, readPage, isEmpty);
    expect(deliveries).toBe(1);
    released.resolve();
  });
});

describe('a cancel request', () => {
  it('aborts the job’s handlers that are under way, and nobody else’s', async () => {
    const aborted: string[] = [];
    const running = [signal(), signal()];
    const letGo = signal();
    handler = async (work, context) => {
      context.signal.addEventListener('abort', () => aborted.push(work.jobId));
      running[work.jobId === 'unwanted' ? 0 : 1]?.resolve();
      await Promise.race([letGo.promise, untilAborted(context)]);
      return completed();
    };
    await service.queue.readPage(readPageWork('unwanted'));
    await service.queue.readPage(readPageWork('wanted'));
    await Promise.all(running.map(({ promise }) => promise));
    await service.log.append(cancelRequested('unwanted'));
    await untilQueue(service.connection, readPage, ({ unsettled }) => unsettled === 1);
    expect(aborted).toEqual(['unwanted']);
    letGo.resolve();
    await untilQueue(service.connection, readPage, isEmpty);
  });

  it('made before the service started completes the job’s work without running it', async () => {
    await service.log.append(cancelRequested('old'));
    await service.stop();
    const ran: string[] = [];
    service = await startJetstreamService('ocr', server.url, {
      env,
      handlers: {
        readPage: (work) => {
          ran.push(work.jobId);
          return completed();
        },
      },
    });
    await service.queue.readPage(readPageWork('old'));
    await service.queue.readPage(readPageWork('new'));
    await untilQueue(service.connection, readPage, isEmpty);
    expect(ran).toEqual(['new']);
  });

  it('does not stop what is wanted after the job’s end, such as its webhook', async () => {
    const delivered = signal();
    const results = await startJetstreamService('results', server.url, {
      env,
      handlers: {
        deliverWebhook: () => {
          delivered.resolve();
          return completed();
        },
      },
    });
    await results.log.append(accepted('told'));
    await results.log.append(cancelRequested('told'));
    await results.queue.deliverWebhook(webhookWork('told'));
    await delivered.promise;
    await results.stop();
  });
});
