import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPageSubject, type DeadLetter, type ReadPageWork } from '@waybill/contracts';
import { completed, deferred, failedRetryable, failedTerminal, type MessageContext, type Outcome } from '@waybill/jobs';
import { signal, startTestNats } from '../../support/index.js';
import { acme, damaged, readPageWork } from './support/fixtures.js';
import { isEmpty, readPage, untilQueue } from './support/queue-state.js';
import { startJetstreamService, type RunningService } from './support/test-service.js';

interface Ran {
  readonly attempt: number;
  readonly redelivered: boolean;
  readonly atMs: number;
}
type Handler = (work: ReadPageWork, context: MessageContext) => Outcome | Promise<Outcome>;

let server: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;
/** Timers keep a clock of their own, some milliseconds beside the one that dates are read from. */
const besideMs = 20;
const handlers = new Map<string, Handler>();
const letters = new Map<string, (letter: DeadLetter) => void>();

beforeAll(async () => {
  server = await startTestNats();
  service = await startJetstreamService('ocr', server.url, {
    ackAck: ['ocr-read-page'],
    handlers: {
      readPage: (work, context) => handlers.get(work.jobId)?.(work, context) ?? completed(),
      ocrDeadLetters: (letter) => {
        if (letter.jobId) letters.get(letter.jobId)?.(letter);
        return completed();
      },
    },
  });
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

/** Publishes one page whose handler gives these outcomes, one a run; resolves after the last of them. */
async function runs(job: string, outcomes: readonly (() => Outcome)[]): Promise<Ran[]> {
  const ran: Ran[] = [];
  const last = signal();
  handlers.set(job, (_, context) => {
    ran.push({ attempt: context.attempt, redelivered: context.redelivered, atMs: Date.now() });
    if (ran.length === outcomes.length) last.resolve();
    return (outcomes[ran.length - 1] ?? completed)();
  });
  await service.queue.readPage(readPageWork(job));
  await last.promise;
  return ran;
}

const letterOf = (job: string): Promise<DeadLetter> => {
  const heard = signal<DeadLetter>();
  letters.set(job, heard.resolve);
  return heard.promise;
};
const emptied = () => untilQueue(service.connection, readPage, isEmpty);

describe('an outcome', () => {
  it('completed takes the message out of its queue', async () => {
    expect(await runs('done', [completed])).toMatchObject([{ attempt: 1, redelivered: false }]);
    await emptied();
  });

  it('deferred brings the message back at its time, and is not an attempt', async () => {
    const until = new Date(Date.now() + 150);
    const ran = await runs('parked', [
      () => deferred(until, 'the provider is busy'),
      () => deferred(new Date(0), 'still'),
      completed,
    ]);
    expect(ran.map(({ attempt, redelivered }) => [attempt, redelivered])).toEqual([
      [1, false],
      [1, true],
      [1, true],
    ]);
    expect(ran[1]?.atMs).toBeGreaterThan(until.getTime() - besideMs);
    await emptied();
  });

  it('failed-retryable brings it back after the delay, and counts', async () => {
    const started = Date.now();
    const ran = await runs('flaky', [
      () => failedRetryable(damaged, 120),
      () => deferred(new Date(0), 'busy'),
      completed,
    ]);
    expect(ran.map(({ attempt }) => attempt)).toEqual([1, 2, 2]);
    expect((ran[1]?.atMs ?? 0) - started).toBeGreaterThan(120 - besideMs);
    await emptied();
  });

  it('failed-retryable makes a dead letter when the attempts are used up', async () => {
    const letter = letterOf('hopeless');
    const ran = await runs(
      'hopeless',
      [1, 2, 3].map(() => () => failedRetryable(damaged, 1)),
    );
    expect(ran.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(await letter).toMatchObject({
      tenant: 'acme',
      jobId: 'hopeless',
      stage: 'ocr-read-page',
      attempts: 3,
      failure: { ...damaged, stage: 'ocr-read-page' },
    });
    await emptied();
  });

  it('deferred more often than may be makes a dead letter too', async () => {
    const letter = letterOf('never-ready');
    const ran = await runs(
      'never-ready',
      Array(readPage.maxDeferrals + 1).fill(() => deferred(new Date(0), 'no quota')),
    );
    expect(new Set(ran.map(({ attempt }) => attempt))).toEqual(new Set([1]));
    expect((await letter).failure).toMatchObject({ code: 'unavailable', message: expect.stringContaining('no quota') });
    await emptied();
  });

  it('failed-terminal makes a dead letter at once, with the payload and without the headers that steer the server', async () => {
    const work = JSON.stringify(readPageWork('damaged'));
    const letter = letterOf('damaged');
    handlers.set('damaged', () => failedTerminal(damaged));
    const sent = headers();
    sent.set('Nats-Msg-Id', 'one');
    sent.set('x-client', 'mine');
    await jetstream(service.connection).publish(readPageSubject(acme, 'front'), work, { headers: sent });
    const { original, attempts } = await letter;
    expect(attempts).toBe(1);
    expect(Buffer.from(original.payload, 'base64').toString()).toBe(work);
    expect(original).toMatchObject({ stream: 'WAYBILL_PAGES', subject: readPageSubject(acme, 'front') });
    expect(Object.keys(original.headers).map((name) => name.toLowerCase())).toEqual(['x-client']);
    await emptied();
  });

  it('thrown instead is a bug: tried again', async () => {
    const ran = await runs('buggy', [
      () => {
        throw new Error('not an outcome');
      },
      completed,
    ]);
    expect(ran.map(({ attempt }) => attempt)).toEqual([1, 2]);
    await emptied();
  });
});

describe('a message that does not fit its contract', () => {
  it.each([
    ['is not JSON', '{"version":'],
    ['lacks what the schema wants', JSON.stringify({ version: 1, tenant: 'acme', jobId: 'unfit' })],
  ])('becomes a dead letter when it %s', async (_, payload) => {
    const known = new Set((await service.box.list({ limit: 100 })).map(({ id }) => id));
    await jetstream(service.connection).publish(readPageSubject(acme, 'front'), payload);
    await emptied();
    const [newest] = await service.box.list({ limit: 1 });
    expect(known.has(newest?.id ?? '')).toBe(false);
    expect(newest?.letter).toMatchObject({ stage: 'ocr-read-page', failure: { code: 'internal' }, attempts: 1 });
    expect(newest?.letter.jobId).toBe(payload.includes('unfit') ? 'unfit' : undefined);
  });
});
