import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { deadLetterSubject, streams, submitSubject, type DeadLetter } from '@waybill/contracts';
import { patient, leaveToLaggingReplica, startTestNats } from '../../support/index.js';
import { accepted, acme, damaged, finished, jobKey, waiting } from './support/fixtures.js';
import { startJetstreamService, type RunningService } from './support/test-service.js';

const at = '2026-01-02T03:04:05.000Z';
const job = jobKey('lagging');
const letter: DeadLetter = {
  version: 1,
  ...job,
  stage: 'ocr-read-page',
  failure: damaged,
  attempts: 4,
  at,
  original: {
    stream: streams.submissions.name,
    sequence: 1,
    subject: submitSubject(acme),
    publishedAt: at,
    headers: {},
    payload: Buffer.from('{}').toString('base64'),
  },
};

let server: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;

beforeAll(async () => {
  server = await startTestNats();
  service = await startJetstreamService('results', server.url);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

/** Invariant: what a replica has not heard of yet does not count as missing. */
describe('a replica that lags', () => {
  beforeAll(async () => {
    const { connection, log, audit } = service;
    const manager = await jetstreamManager(connection, patient);
    const client = manager.jetstream();
    for (const event of [
      accepted('lagging'),
      waiting('lagging', 'one'),
      waiting('lagging', 'two'),
      finished('lagging', 'completed'),
    ])
      await log.append(event);
    for (let count = 0; count < 3; count += 1)
      await client.publish(deadLetterSubject(acme, letter.stage), JSON.stringify(letter));
    await audit.append({ version: 1, tenant: acme, at, who: 'somebody', action: 'read-result', jobId: job.jobId });
    for (const { name } of [streams.events, streams.deadLetters, streams.audit])
      await leaveToLaggingReplica(connection, name);
    // It answers, and knows nothing.
    expect(await manager.direct.getMessage(streams.deadLetters.name, { seq: 1 })).toBeNull();
  });

  it('hides no dead letter, neither from a list nor from a replay', async () => {
    const ids = (await service.box.list({ limit: 10 })).map(({ id }) => id);
    expect(ids).toEqual(['3', '2', '1']);
    expect(await service.box.replay('2')).toMatchObject({ id: '2', letter: { jobId: job.jobId } });
    expect(await service.box.get('2')).toBeUndefined();
    expect((await service.box.list({ limit: 10 })).map(({ id }) => id)).toEqual(['3', '1']);
  });

  it('hides no event, no line of the audit log, and nothing from being rebuilt', async () => {
    expect((await service.log.history(job)).map(({ event }) => event.type)).toEqual([
      'job-accepted',
      'job-waiting',
      'job-waiting',
      'job-finished',
    ]);
    expect(await service.audit.list({ tenant: acme, limit: 10 })).toHaveLength(1);
    const replayed: string[] = [];
    for await (const events of service.replay.events(2)) replayed.push(...events.map(({ payload }) => payload.type));
    expect(replayed).toHaveLength(4);
  });

  it('leaves nothing behind when a job is erased', async () => {
    expect(await service.eraser.eraseMessages(job)).toBe(2);
    expect(await service.eraser.eraseEvents(job)).toBe(4);
    const manager = await jetstreamManager(service.connection, patient);
    expect((await manager.streams.info(streams.events.name)).state.messages).toBe(0);
  });
});
