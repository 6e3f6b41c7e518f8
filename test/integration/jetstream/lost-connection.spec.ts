import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { jobEventsSubject, streams } from '@waybill/contracts';
import { completed } from '@waybill/jobs';
import { openLossyLink, patient, signal, startTestNats, type LossyLink } from '../../support/index.js';
import { accepted, cancelRequested, finished, jobKey, readPageWork } from './support/fixtures.js';
import { startJetstreamService, type RunningService } from './support/test-service.js';

let server: Awaited<ReturnType<typeof startTestNats>>;
let near: RunningService;
let link: LossyLink;
let far: RunningService | undefined;

beforeAll(async () => {
  server = await startTestNats();
  near = await startJetstreamService('results', server.url);
  link = await openLossyLink(server.url);
});
afterEach(async () => {
  await far?.stop();
  far = undefined;
});
afterAll(async () => {
  await link.close();
  await near.stop();
  await server.stop();
});

/** Resolves when somebody waits for messages of the subject. */
async function untilAsked(subject: string): Promise<void> {
  const manager = await jetstreamManager(near.connection, patient);
  for (;;) {
    for await (const { config, num_waiting: waiting } of manager.consumers.list(streams.events.name))
      if (config.filter_subject === subject && waiting > 0) return;
    await pause(10);
  }
}

/** Nothing comes after what was lost, so nothing but the connection itself tells that something is missing. */
describe('a connection that breaks when the server has sent into it', () => {
  it('leaves out no event for who follows a job', async () => {
    far = await startJetstreamService('ocr', `nats://${link.address}`);
    await near.log.append(accepted('followed'));
    const [end, caughtUp] = [new AbortController(), signal()];
    const heard: string[] = [];
    const following = (async () => {
      for await (const { event } of far.log.follow(jobKey('followed'), 0, end.signal)) {
        heard.push(event.type);
        caughtUp.resolve();
        if (event.type === 'job-finished') end.abort();
      }
    })();
    await caughtUp.promise;
    await untilAsked(jobEventsSubject(jobKey('followed')));
    const lost = link.lose('events.followed.job.finished');
    await near.log.append(finished('followed', 'completed'));
    await lost;
    link.breakOff();
    await following;
    expect(heard).toEqual(['job-accepted', 'job-finished']);
  });

  it('leaves out no request to cancel a job', async () => {
    const [running, aborted] = [signal(), signal<string>()];
    far = await startJetstreamService('ocr', `nats://${link.address}`, {
      handlers: {
        readPage: async (_, { signal: abort }) => {
          abort.addEventListener('abort', () => aborted.resolve(String(abort.reason)), { once: true });
          running.resolve();
          await aborted.promise;
          return completed();
        },
      },
    });
    await near.queue.readPage(readPageWork('unwanted'));
    await running.promise;
    const lost = link.lose('events.unwanted.job.cancel-requested');
    await near.log.append(cancelRequested('unwanted'));
    await lost;
    link.breakOff();
    expect(await aborted.promise).toContain('cancel');
  });
});
