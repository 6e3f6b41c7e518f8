import { jetstream, jetstreamManager, type JetStreamManager, type JsMsg } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobIdSchema, streams, submitSubject, type DeadLetter, type ReadPageWork } from '@waybill/contracts';
import { completed, failedTerminal, StageError } from '@waybill/jobs';
import { connect, provision, type NatsConnection } from '@waybill/jetstream';
import { patient, signal, startTestNats } from '../../support/index.js';
import { acme, damaged, readPageWork } from './support/fixtures.js';
import { isEmpty, readPage, untilQueue } from './support/queue-state.js';
import { startJetstreamService, type BedOptions, type RunningService } from './support/test-service.js';

const env = { WAYBILL_ACK_WAIT_MS: '500' };
let server: Awaited<ReturnType<typeof startTestNats>>;
let connection: NatsConnection;

beforeAll(async () => {
  server = await startTestNats();
  connection = await connect({ NATS_URL: server.url }, 'test');
  await provision(connection, { WAYBILL_STREAM_REPLICAS: 1, WAYBILL_ACK_WAIT_MS: 500 });
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

async function withService(options: BedOptions, use: (service: RunningService) => Promise<void>): Promise<void> {
  const service = await startJetstreamService('ocr', server.url, { ...options, env: { ...env, ...options.env } });
  await use(service).finally(() => service.stop());
}

/** A worker that takes the message and dies before its handler begins: it settles nothing, and the server waits for it in vain. */
async function dieOver(times: number): Promise<JsMsg> {
  const consumer = await jetstream(connection).consumers.get(streams.pages.name, readPage.name);
  let last: JsMsg | null = null;
  for (let delivery = 0; delivery < times; delivery += 1) {
    last = await consumer.next({ expires: 5_000 });
    last?.nak();
  }
  if (!last) throw new Error('No message was delivered.');
  return last;
}

async function untilEmpty(manager: JetStreamManager, stream: string): Promise<void> {
  for (;;) if ((await manager.streams.info(stream)).state.messages === 0) return;
}

describe('a message that kills its worker', () => {
  it('is a dead letter before it kills more workers than there may be attempts', async () => {
    let ran = 0;
    const letter = signal<DeadLetter>();
    await jetstream(connection).publish('waybill.acme.ocr.front.read-page', JSON.stringify(readPageWork('killer')));
    const { seq } = await dieOver(readPage.maxAttempts);
    const attempts = await new Kvm(connection).open('waybill-attempts');
    await attempts.put(`${readPage.name}.${seq}`, String(readPage.maxAttempts));
    await withService(
      {
        handlers: {
          readPage: () => {
            ran += 1;
            return completed();
          },
          ocrDeadLetters: (given) => {
            letter.resolve(given);
            return completed();
          },
        },
      },
      async (service) => {
        expect(await letter.promise).toMatchObject({ jobId: 'killer', failure: { code: 'worker-died' }, attempts: 4 });
        await untilQueue(service.connection, readPage, isEmpty);
        expect(ran).toBe(0);
      },
    );
  });

  it('is one too when the server has given up delivering it', async () => {
    const maxDeliver = readPage.maxAttempts + readPage.maxDeferrals;
    const manager = await jetstreamManager(connection, patient);
    await jetstream(connection).publish('waybill.acme.ocr.front.read-page', JSON.stringify(readPageWork('given-up')));
    await dieOver(maxDeliver);
    const letter = signal<DeadLetter>();
    await withService(
      {
        handlers: {
          ocrDeadLetters: (given) => {
            letter.resolve(given);
            return completed();
          },
        },
      },
      async (service) => {
        expect(await letter.promise).toMatchObject({
          tenant: 'acme',
          jobId: 'given-up',
          stage: 'ocr-read-page',
          failure: { code: 'worker-died' },
          attempts: maxDeliver,
        });
        await untilQueue(service.connection, readPage, ({ kept }) => kept === 0);
        await untilEmpty(manager, streams.advisories.name);
      },
    );
  });
});

describe('the dead letter box', () => {
  const failing = {
    handlers: {
      readPage: ({ page, jobId }: ReadPageWork) =>
        jobId.startsWith('bad') ? failedTerminal({ ...damaged, page }) : completed(),
    },
  };

  it('lists newest first, filters by stage and job, shows one, and knows an unknown id', async () => {
    await withService(failing, async (service) => {
      for (let page = 1; page <= 5; page += 1) await service.queue.readPage(readPageWork('bad-1', page));
      await service.queue.readPage(readPageWork('bad-2'));
      await untilQueue(service.connection, readPage, isEmpty);
      const jobId = jobIdSchema.parse('bad-1');
      const listed = await service.box.list({ jobId, limit: 3 });
      const ids = listed.map(({ id }) => Number(id));
      expect(ids).toEqual([...ids].sort((one, other) => other - one));
      expect(listed.map(({ letter }) => letter.jobId)).toEqual(['bad-1', 'bad-1', 'bad-1']);
      expect(await service.box.list({ stage: 'reasoning-free', limit: 10 })).toEqual([]);
      expect(await service.box.list({ tenant: acme, stage: 'ocr-read-page', jobId, limit: 10 })).toHaveLength(5);
      expect(await service.box.get(listed[0]?.id ?? '')).toEqual(listed[0]);
      expect(await service.box.get('999999')).toBeUndefined();
      expect(await service.box.replay('999999')).toBeUndefined();
    });
  });

  it('replays a letter: the original payload comes to its handler again, as new, and the letter is gone', async () => {
    const jobId = jobIdSchema.parse('bad-3');
    let id = '';
    await withService(failing, async (service) => {
      await service.queue.readPage(readPageWork(jobId, 7));
      await untilQueue(service.connection, readPage, isEmpty);
      id = (await service.box.list({ jobId, limit: 1 }))[0]?.id ?? '';
    });
    const again = signal<[ReadPageWork, number]>();
    const readAgain = (work: ReadPageWork, { attempt }: { attempt: number }) => {
      again.resolve([work, attempt]);
      return completed();
    };
    await withService({ handlers: { readPage: readAgain } }, async (service) => {
      expect((await service.box.replay(id))?.letter.jobId).toBe(jobId);
      expect(await again.promise).toEqual([readPageWork(jobId, 7), 1]);
      expect(await service.box.list({ jobId, limit: 1 })).toEqual([]);
    });
  });

  it('keeps the reason of a message too large to be kept in a letter, and refuses to replay it with a sentence', async () => {
    const unfit = 'x'.repeat(900_000);
    await jetstream(connection).publish(submitSubject(acme), unfit);
    await withService({}, async (service) => {
      const intake = await startIntake();
      await untilEmpty(await jetstreamManager(connection, patient), streams.submissions.name);
      const [bulky] = await service.box.list({ stage: 'intake-submit', limit: 1 });
      expect(bulky?.letter).toMatchObject({ tenant: 'acme', failure: { code: 'invalid-submission' } });
      expect(bulky?.letter.failure.message).toMatch(/is not JSON.*too large to be kept/);
      await expect(service.box.replay(bulky?.id ?? '')).rejects.toThrow(StageError);
      await intake.stop();
    });
  });
});

async function startIntake(): Promise<RunningService> {
  const { intakeControllers } = await import('./support/intake-handlers.js');
  return startJetstreamService('intake', server.url, { env, controllers: [...intakeControllers] });
}
