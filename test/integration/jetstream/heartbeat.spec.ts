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

/** Hands out one message whose handler runs for three ack waits. @returns the attempts that it took */
async function slowRun(round: number): Promise<number[]> {
  const [slow, timer] = [`slow-${round}`, `timer-${round}`];
  const attempts: number[] = [];
  const isOver = signal();
  handler = async ({ jobId }, { redelivered, attempt }) => {
    if (jobId === timer && !redelivered) return deferred(new Date(Date.now() + 3 * ackWaitMs), 'the server keeps time');
    if (jobId === timer) isOver.resolve();
    else attempts.push(attempt);
    await isOver.promise;
    return completed();
  };
  await service.queue.readPage(readPageWork(timer));
  await service.queue.readPage(readPageWork(slow));
  await untilQueue(service.connection, readPage, isEmpty);
  return attempts;
}

/** Runs the handler on a page whose time is over soon. @returns the deadline, and how often it ran */
async function runOverdue(job: string, leftMs: number): Promise<{ deadline: Date; runs: number }> {
  deliveries = 0;
  const deadline = new Date(Date.now() + leftMs);
  await service.queue.readPage(readPageWork(job, 1, deadline.toISOString()));
  await untilQueue(service.connection, readPage, isEmpty);
  return { deadline, runs: deliveries };
}

/**
 * A machine that stands still for a moment brings a page too late, or lets heartbeats come too late: then there is more time in
 * the next round. What does not keep its message, or runs again, does so in every round, until the test's time is over.
 */
async function runOnceOverdue(job: string): Promise<Date> {
  for (let round = 1; ; round += 1) {
    const { deadline, runs } = await runOverdue(`${job}-${round}`, 400 * round);
    if (runs === 1) return deadline;
  }
}

describe('a handler that takes longer than the ack wait', () => {
  it('keeps its message by heartbeats', async () => {
    let attempts = await slowRun(0);
    // Without heartbeats the server would give the message out again in each round.
    for (let round = 1; attempts.length > 1; round += 1) attempts = await slowRun(round);
    expect(attempts).toEqual([1]);
  });
});

describe('a deadline', () => {
  it('aborts the handler at its moment, and settles the message as done whatever the handler says', async () => {
    let abortedAtMs = 0;
    handler = async (_, context) => {
      await untilAborted(context);
      abortedAtMs = Date.now();
      return failedTerminal(damaged);
    };
    const deadline = await runOnceOverdue('overdue');
    // Timers keep a clock of their own, some milliseconds beside the one that dates are read from.
    expect(abortedAtMs).toBeGreaterThan(deadline.getTime() - 50);
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
    await runOnceOverdue('deaf');
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
    expect(new Set(aborted)).toEqual(new Set(['unwanted']));
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
    expect(new Set(ran)).toEqual(new Set(['new']));
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
