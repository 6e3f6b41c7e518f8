import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { completed, type MessageContext } from '@waybill/jobs';
import { signal, startTestNats } from '../../support/index.js';
import { readPageWork } from './support/fixtures.js';
import { isEmpty, queueState, readPage, untilQueue } from './support/queue-state.js';
import { startJetstreamService } from './support/test-service.js';

let server: Awaited<ReturnType<typeof startTestNats>>;
beforeAll(async () => {
  server = await startTestNats();
});
afterAll(() => server.stop());

describe('stopping a service', () => {
  it('lets the handlers under way finish, takes nothing new, and may be asked twice', async () => {
    const [running, letGo] = [signal(), signal()];
    let finishedRuns = 0;
    const service = await startJetstreamService('ocr', server.url, {
      concurrency: { 'ocr-read-page': 1 },
      handlers: {
        readPage: async () => {
          running.resolve();
          await letGo.promise;
          finishedRuns += 1;
          return completed();
        },
      },
    });
    await service.queue.readPage(readPageWork('first'));
    await service.queue.readPage(readPageWork('second'));
    await running.promise;
    const stopped = [service.strategy.close(), service.strategy.close()];
    letGo.resolve();
    await Promise.all(stopped);
    expect(finishedRuns).toBe(1);
    // The server takes an ack out of the stream in its own time.
    const left = await untilQueue(service.connection, readPage, ({ kept }) => kept === 1);
    expect(left).toEqual({ kept: 1, waiting: 1, unsettled: 0 });
    await service.stop();
    await service.stop();
    expect(service.connection.isClosed()).toBe(true);
    const next = await startJetstreamService('ocr', server.url);
    await untilQueue(next.connection, readPage, isEmpty);
    await next.stop();
  });

  it('gives back at the end of the budget what is not finished, at once and without an attempt', async () => {
    const [running, aborted, letGo] = [signal(), signal<string>(), signal()];
    const stubborn = await startJetstreamService('ocr', server.url, {
      env: { WAYBILL_DRAIN_MS: '50' },
      handlers: {
        readPage: async (_, { signal: abort }) => {
          abort.addEventListener('abort', () => aborted.resolve(String(abort.reason)));
          running.resolve();
          await letGo.promise;
          return completed();
        },
      },
    });
    await stubborn.queue.readPage(readPageWork('long'));
    await running.promise;
    await stubborn.stop();
    expect(await aborted.promise).toContain('The service is stopping');
    const again = signal<MessageContext>();
    const next = await startJetstreamService('ocr', server.url, {
      handlers: {
        readPage: (_, context) => {
          again.resolve(context);
          return completed();
        },
      },
    });
    const { attempt, redelivered } = await again.promise;
    expect({ attempt, redelivered }).toEqual({ attempt: 1, redelivered: true });
    letGo.resolve();
    await untilQueue(next.connection, readPage, isEmpty);
    await next.stop();
  });

  it('gives back what arrives while it stops, without an attempt', async () => {
    const env = { WAYBILL_ACK_WAIT_MS: '2000' };
    let wereGivenBack = false;
    const readPageHandler = (_: unknown, { redelivered, attempt }: MessageContext) => {
      wereGivenBack ||= redelivered && attempt === 1;
      return completed();
    };
    for (let round = 0; !wereGivenBack; round += 1) {
      const service = await startJetstreamService('ocr', server.url, { env, handlers: { readPage: readPageHandler } });
      const pages = Array.from({ length: 64 }, (_, page) =>
        service.queue.readPage(readPageWork(`late-${round}`, page + 1)),
      );
      await Promise.race(pages);
      await Promise.all([service.strategy.close(), ...pages]);
      await service.stop();
      const next = await startJetstreamService('ocr', server.url, { env, handlers: { readPage: readPageHandler } });
      await untilQueue(next.connection, readPage, isEmpty);
      await next.stop();
    }
  });

  it('ends soon when the server is away', async () => {
    const doomed = await startTestNats();
    const service = await startJetstreamService('ocr', doomed.url, { env: { WAYBILL_DRAIN_MS: '100' } });
    await doomed.stop();
    await service.stop();
    expect(service.connection.isClosed()).toBe(true);
  }, 30_000);

  it('under load loses nothing: each message is completed, and none waits for its ack wait', async () => {
    const wanted = 2_000;
    const seen = new Map<string, number>();
    const readPageHandler = ({ jobId }: { jobId: string }) => {
      seen.set(jobId, (seen.get(jobId) ?? 0) + 1);
      if (seen.size % 400 === 0) milestone.resolve();
      return new Promise<ReturnType<typeof completed>>((resolve) => setImmediate(() => resolve(completed())));
    };
    let milestone = signal();
    let service = await startJetstreamService('ocr', server.url, { handlers: { readPage: readPageHandler } });
    const publishing = Promise.all(
      Array.from({ length: wanted }, (_, index) => service.queue.readPage(readPageWork(`load-${index}`))),
    );
    for (let restart = 0; restart < 3; restart += 1) {
      await milestone.promise;
      if (restart === 0) await publishing;
      milestone = signal();
      await service.stop();
      service = await startJetstreamService('ocr', server.url, { handlers: { readPage: readPageHandler } });
      const { unsettled, waiting } = await queueState(service.connection, readPage);
      if (waiting + unsettled === 0) break;
    }
    await untilQueue(service.connection, readPage, isEmpty);
    expect(seen.size).toBe(wanted);
    expect([...seen.values()].every((runs) => runs === 1)).toBe(true);
    await service.stop();
  });
});
