import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream } from '@nats-io/jetstream';
import { jobEventSubject, type JobEvent } from '@waybill/contracts';
import { completed } from '@waybill/jobs';
import { runWithTrace, traceparentFrom } from '@waybill/jetstream';
import { signal, startTestNats } from '../../support/index.js';
import { accepted, cancelRequested, finished, jobKey, pageFailed, readPageWork, waiting } from './support/fixtures.js';
import { isEmpty, readPage, untilQueue } from './support/queue-state.js';
import { startJetstreamService, type RunningService } from './support/test-service.js';

let server: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;
let onPage: () => Promise<void> | void = () => undefined;

beforeAll(async () => {
  server = await startTestNats();
  service = await startJetstreamService('ocr', server.url, {
    handlers: {
      readPage: async () => {
        await onPage();
        return completed();
      },
    },
  });
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

describe('appending', () => {
  it('gives one of many who append the same event at once the word that it is theirs', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => service.log.append(accepted('raced'))));
    expect(answers.filter((answer) => answer === 'appended')).toHaveLength(1);
    expect(await service.log.append(accepted('raced'))).toBe('exists');
    expect(await service.log.history(jobKey('raced'))).toHaveLength(1);
  });

  it('lets a job have one final state and a page one ending, and wait as often as it must', async () => {
    expect(await service.log.append(finished('ended', 'cancelled'))).toBe('appended');
    expect(await service.log.append(finished('ended', 'completed'))).toBe('exists');
    expect((await service.log.find(jobKey('ended'), 'job-finished'))?.status).toBe('cancelled');
    expect(await service.log.append(waiting('ended', 'one'))).toBe('appended');
    expect(await service.log.append(waiting('ended', 'two'))).toBe('appended');
    expect((await service.log.find(jobKey('ended'), 'job-waiting'))?.reason).toBe('two');
  });
});

describe('reading', () => {
  it('finds nothing of a job that is unknown', async () => {
    const job = jobKey('unknown');
    expect(await service.log.find(job, 'job-accepted')).toBeUndefined();
    expect(await service.log.findPageEnding(job, 0, 1)).toBeUndefined();
    expect(await service.log.countPageEndings(job)).toBe(0);
    expect(await service.log.pageEndings(job)).toEqual([]);
    expect(await service.log.history(job)).toEqual([]);
  });

  it('counts and gives every page ending of a long job, in order, and of no other', async () => {
    const pages = Array.from({ length: 1_300 }, (_, index) => 1_300 - index);
    await Promise.all(pages.map((page) => service.log.append(pageFailed('long', page))));
    await service.log.append(pageFailed('long-other', 1));
    expect(await service.log.countPageEndings(jobKey('long'))).toBe(1_300);
    const endings = await service.log.pageEndings(jobKey('long'));
    expect(endings.map(({ page }) => page)).toEqual([...pages].reverse());
    expect(await service.log.findPageEnding(jobKey('long'), 0, 1_000)).toEqual(pageFailed('long', 1_000));
  });

  it('passes over what is no event', async () => {
    await service.log.append(accepted('polluted'));
    await jetstream(service.connection).publish(jobEventSubject(jobKey('polluted'), 'job-planned'), 'nonsense');
    expect((await service.log.history(jobKey('polluted'))).map(({ event }) => event.type)).toEqual(['job-accepted']);
    expect(await service.log.find(jobKey('polluted'), 'job-planned')).toBeUndefined();
  });
});

describe('following', () => {
  it('gives what has happened after a point, then what happens, until it is ended', async () => {
    const job = jobKey('followed');
    await service.log.append(accepted('followed'));
    await service.log.append(waiting('followed', 'a moment'));
    const [first] = await service.log.history(job);
    const end = new AbortController();
    const heard: string[] = [];
    const caughtUp = signal();
    const following = (async () => {
      for await (const { event } of service.log.follow(job, first?.sequence ?? 0, end.signal)) {
        heard.push(event.type);
        if (event.type === 'job-waiting') caughtUp.resolve();
        if (event.type === 'job-finished') end.abort();
      }
    })();
    await caughtUp.promise;
    await service.log.append(cancelRequested('followed-not'));
    await service.log.append(finished('followed', 'completed'));
    await following;
    expect(heard).toEqual(['job-waiting', 'job-finished']);
  });

  it('goes on after the server restarts', async () => {
    const end = new AbortController();
    const heard: string[] = [];
    const caughtUp = signal();
    await service.log.append(accepted('patient'));
    const following = (async () => {
      for await (const { event } of service.log.follow(jobKey('patient'), 0, end.signal)) {
        heard.push(event.type);
        caughtUp.resolve();
        if (event.type === 'job-finished') end.abort();
      }
    })();
    await caughtUp.promise;
    await server.restart();
    await service.log.append(finished('patient', 'completed'));
    await following;
    expect(heard).toEqual(['job-accepted', 'job-finished']);
  });
});

describe('replaying', () => {
  it('gives every event kept, in the order of the stream', async () => {
    const [jobs, sequences] = [new Set<string>(), [] as number[]];
    for await (const events of service.replay.events(100)) {
      expect(events.length).toBeLessThanOrEqual(100);
      for (const { sequence, payload } of events) {
        sequences.push(sequence);
        jobs.add((payload satisfies JobEvent).jobId);
      }
    }
    expect(sequences).toEqual([...sequences].sort((one, other) => one - other));
    expect(sequences.length).toBeGreaterThan(1_300);
    expect([...jobs]).toEqual(expect.arrayContaining(['raced', 'ended', 'long', 'long-other', 'followed', 'patient']));
  });
});

describe('queues', () => {
  it('take work with a fixed message id once, and say how much stands in line', async () => {
    const [held, letGo] = [signal(), signal()];
    let ran = 0;
    onPage = async () => {
      ran += 1;
      held.resolve();
      await letGo.promise;
    };
    for (let copy = 0; copy < 3; copy += 1) await service.queue.readPage(readPageWork('queued', 1));
    await service.queue.readPage(readPageWork('queued', 2));
    await held.promise;
    expect(await service.gauge.pagesAhead()).toBe(2);
    letGo.resolve();
    await untilQueue(service.connection, readPage, isEmpty);
    expect(ran).toBe(2);
  });

  it('carry the trace of what is being handled into everything published meanwhile', async () => {
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    const handled = signal();
    onPage = async () => {
      await service.log.append(accepted('traced'));
      handled.resolve();
    };
    await runWithTrace(traceparent, () => service.queue.readPage(readPageWork('traced')));
    await handled.promise;
    const manager = await jetstream(service.connection).jetstreamManager();
    const subject = jobEventSubject(jobKey('traced'), 'job-accepted');
    const stored = await manager.streams.getMessage('WAYBILL_EVENTS', { last_by_subj: subject });
    expect(stored?.header.get('traceparent')).toBe(traceparent);
    expect(traceparentFrom('not one')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
});
