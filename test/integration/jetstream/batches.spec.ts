import { jetstream } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobEventSubject, type JobEvent } from '@waybill/contracts';
import { completed, deferred, failedRetryable, failedTerminal, type MessageContext, type Outcome } from '@waybill/jobs';
import type { Delivered } from '@waybill/jetstream';
import { signal, startTestNats } from '../../support/index.js';
import { accepted, damaged, jobKey, pageFailed } from './support/fixtures.js';
import { recordEvents, untilQueue } from './support/queue-state.js';
import { startJetstreamService, type RunningService } from './support/test-service.js';

type Batch = readonly Delivered<JobEvent>[];

let server: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;
let handler: (events: Batch, context: MessageContext) => Outcome | Promise<Outcome> = () => completed();

beforeAll(async () => {
  server = await startTestNats();
  service = await startJetstreamService('results', server.url, {
    handlers: { recordEvents: (events, context) => handler(events, context) },
  });
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const settled = () =>
  untilQueue(service.connection, recordEvents, ({ waiting, unsettled }) => waiting + unsettled === 0);
const pagesOf = (events: Batch, job: string): number[] =>
  events.flatMap(({ payload }) => (payload.jobId === job && 'page' in payload ? [payload.page] : []));

/** Holds the consumer with one event of the job while more are appended, so that they come as one batch. */
async function appendWhileBusy(job: string, append: () => Promise<unknown>, next: typeof handler): Promise<void> {
  const [busy, letGo] = [signal(), signal()];
  handler = async () => {
    busy.resolve();
    await letGo.promise;
    handler = next;
    return completed();
  };
  await service.log.append(accepted(job));
  await busy.promise;
  await append();
  // What is stored has not come yet: the server sends it to the consumer beside its acknowledgement.
  await untilQueue(service.connection, recordEvents, ({ waiting }) => waiting === 0);
  await service.connection.flush();
  letGo.resolve();
  await settled();
}
const appendPages = (job: string, count: number) => async () => {
  for (let page = 1; page <= count; page += 1) await service.log.append(pageFailed(job, page));
};

describe('a batch consumer', () => {
  it('gets a lone event at once, without waiting for more', async () => {
    const heard = signal<Batch>();
    handler = (events) => {
      heard.resolve(events);
      return completed();
    };
    await service.log.append(accepted('lone'));
    const [event, ...more] = await heard.promise;
    expect(more).toEqual([]);
    expect(event).toMatchObject({ subject: 'waybill.acme.events.lone.job.accepted', payload: accepted('lone') });
    expect(event?.publishedAt).toBeInstanceOf(Date);
    await settled();
  });

  it('gets what is there, in order, up to its size', async () => {
    const sizes: number[] = [];
    const pages: number[] = [];
    await appendWhileBusy('many', appendPages('many', 300), (events) => {
      sizes.push(events.length);
      pages.push(...pagesOf(events, 'many'));
      return completed();
    });
    expect(sizes).toEqual([256, 44]);
    expect(pages).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  });

  it('gets other jobs beside the one that it is held by, and nothing of that one', async () => {
    const [held, letGo, other] = [signal(), signal(), signal<Batch>()];
    const order: string[] = [];
    handler = async (events) => {
      order.push(...events.map(({ payload }) => `${payload.jobId} ${payload.type}`));
      if (events.some(({ payload }) => payload.jobId === 'quick')) other.resolve(events);
      if (order.length > 1) return completed();
      held.resolve();
      await letGo.promise;
      return completed();
    };
    await service.log.append(accepted('slow'));
    await held.promise;
    await service.log.append(pageFailed('slow', 1));
    await service.log.append(accepted('quick'));
    expect((await other.promise).map(({ payload }) => payload.jobId)).toEqual(['quick']);
    expect(order).toEqual(['slow job-accepted', 'quick job-accepted']);
    letGo.resolve();
    await settled();
    expect(order.at(-1)).toBe('slow page-failed');
  });

  it('begins no further batch beside many messages, so that the next is worth its cost', async () => {
    const [held, letGo] = [signal(), signal()];
    const sizes: number[] = [];
    const blocks = ['one', 'two', 'three', 'four'];
    handler = async (events) => {
      sizes.push(events.length);
      if (sizes.reduce((sum, size) => sum + size) === blocks.length) held.resolve();
      if (!events.some(({ payload }) => blocks.includes(payload.jobId))) return completed();
      await letGo.promise;
      return completed();
    };
    for (const job of blocks) await service.log.append(accepted(job));
    await held.promise;
    for (const job of ['five', 'six', 'seven']) await service.log.append(accepted(job));
    await untilQueue(service.connection, recordEvents, ({ waiting }) => waiting === 0);
    await service.connection.flush();
    letGo.resolve();
    await settled();
    expect(sizes.at(-1)).toBe(3);
  });

  it('gets the events of a failed batch one by one, so that one poison event does not hold up the others', async () => {
    const done: number[] = [];
    await appendWhileBusy('poisoned', appendPages('poisoned', 6), (events) => {
      const pages = pagesOf(events, 'poisoned');
      if (pages.includes(4)) return pages.length > 1 ? failedRetryable(damaged) : failedTerminal(damaged);
      done.push(...pages);
      return completed();
    });
    expect(done).toEqual([1, 2, 3, 5, 6]);
    const [letter] = await service.box.list({ limit: 1 });
    expect(letter?.letter).toMatchObject({ stage: 'results-record', jobId: 'poisoned', failure: damaged });
  });

  it('comes back whole after a deferral, which is no attempt', async () => {
    const attempts: [number, number][] = [];
    await appendWhileBusy('later', appendPages('later', 4), (events, { attempt }) => {
      attempts.push([pagesOf(events, 'later').length, attempt]);
      return attempts.length === 1 ? deferred(new Date(0), 'the database is away') : completed();
    });
    expect(attempts[0]).toEqual([4, 1]);
    expect(attempts.slice(1).reduce((sum, [count]) => sum + count, 0)).toBe(4);
    expect(attempts.every(([, attempt]) => attempt === 1)).toBe(true);
  });

  it('is spared a message that is no event, which becomes a dead letter alone', async () => {
    const pages: number[] = [];
    await appendWhileBusy(
      'mixed',
      async () => {
        await appendPages('mixed', 2)();
        await jetstream(service.connection).publish(
          jobEventSubject(jobKey('mixed'), 'job-planned'),
          '{"type":"nonsense"}',
        );
      },
      (events) => {
        pages.push(...pagesOf(events, 'mixed'));
        return completed();
      },
    );
    expect(pages).toEqual([1, 2]);
    expect((await service.box.list({ stage: 'results-record', limit: 1 }))[0]?.letter.original.subject).toContain(
      'mixed',
    );
  });
});
