import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deadLetterListViewSchema,
  problemSchema,
  webhookMessageSchema,
  type DeadLetterListView,
} from '@waybill/contracts';
import { Database, PostgresWebhookLog } from '@waybill/persistence';
import { Webhook } from 'standardwebhooks';
import { keyOf, storyOf } from './job-stories.js';
import { startResults, type RunningResults } from './start-results.js';
import { startReceiver, type ReceivedPost, type WebhookReceiver } from './webhook-receiver.js';
import { patientDatabase } from '../../support/index.js';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
let results: RunningResults;
let database: Database;
let receiver: WebhookReceiver;

beforeAll(async () => {
  results = await startResults({ WAYBILL_WEBHOOK_SECRET: secret, WAYBILL_WEBHOOK_TARGETS: 'any' });
  database = new Database(results.databaseUrl, patientDatabase);
});

afterEach(async () => {
  expect(receiver.waiting).toBe(0);
  await receiver.stop();
});

afterAll(async () => {
  await database.close();
  await results.stop();
});

const finish = async (jobId: string): Promise<void> =>
  await results.append(storyOf(jobId, { callbackUrl: receiver.url(`/${jobId}`) }));

const verified = ({ body, headers }: ReceivedPost) =>
  webhookMessageSchema.parse(new Webhook(secret).verify(body, headers as Record<string, string>));

/** Dead letters appear a moment after the attempt that made them; the test's own timeout ends the asking. */
async function deadLetterOf(jobId: string): Promise<DeadLetterListView['deadLetters'][number]> {
  for (;;) {
    const answer = await results.get(`/v1/dead-letters?job=${jobId}`);
    const [letter] = deadLetterListViewSchema.parse(await answer.json()).deadLetters;
    if (letter) return letter;
  }
}

describe('a callback', () => {
  it('gets the final state, signed by the convention', async () => {
    receiver = await startReceiver(204);
    await finish('told');
    const post = await receiver.next();
    expect(post).toMatchObject({ path: '/told', headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(verified(post)).toMatchObject({
      type: 'job.completed',
      data: { id: 'told', status: 'completed', links: { result: '/v1/jobs/told/result' } },
    });
    expect(() => new Webhook(secret).verify(`${post.body} `, post.headers as Record<string, string>)).toThrow();
  });

  it('gets it again, with the same id, after an answer that is no success', async () => {
    receiver = await startReceiver(500, 200);
    await finish('again');
    const [first, second] = [await receiver.next(), await receiver.next()];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(verified(second)).toEqual(verified(first));
    const attempts = await new PostgresWebhookLog(database).attempts(keyOf('again'));
    expect(attempts[0]).toMatchObject({ attempt: 1, status: 500, outcome: 'failed' });
    expect(attempts[0]?.reason).toMatch(/answered 500/);
  });

  it('gets no more after 410: the delivery becomes a dead letter, which can be replayed', async () => {
    receiver = await startReceiver(410, 200);
    await finish('gone');
    await receiver.next();
    const letter = await deadLetterOf('gone');
    expect(letter).toMatchObject({ stage: 'results-deliver-webhook', attempts: 1, jobId: 'gone' });
    expect(letter.failure.message).toMatch(/410/);

    const foreign = { headers: { 'waybill-tenant': 'other' } };
    expect((await results.get(`/v1/dead-letters/${letter.id}`, foreign)).status).toBe(404);
    expect((await results.get(`/v1/dead-letters/${letter.id}/replay`, { ...foreign, method: 'POST' })).status).toBe(
      404,
    );
    const whole = (await (await results.get(`/v1/dead-letters/${letter.id}`)).json()) as {
      original: { payload: string };
    };
    expect(Buffer.from(whole.original.payload, 'base64').toString()).toContain('"jobId":"gone"');

    const replayed = await results.get(`/v1/dead-letters/${letter.id}/replay`, { method: 'POST' });
    expect([replayed.status, await replayed.json()]).toEqual([202, { replayed: true, subject: letter.subject }]);
    expect(verified(await receiver.next()).data.id).toBe('gone');
    expect((await results.get(`/v1/dead-letters/${letter.id}`)).status).toBe(404);
  });

  it('gets a redelivery on request, with an id of its own', async () => {
    receiver = await startReceiver(200);
    await finish('anew');
    const first = await receiver.next();
    const answer = await results.get('/v1/jobs/anew/webhook/redeliver', { method: 'POST' });
    expect(answer.status).toBe(202);
    const { deliveryId } = (await answer.json()) as { deliveryId: string };
    const second = await receiver.next();
    expect(second.headers['webhook-id']).toBe(`acme_anew_${deliveryId}`);
    expect(second.headers['webhook-id']).not.toBe(first.headers['webhook-id']);
    expect(verified(second)).toEqual(verified(first));
  });

  it('gets nothing for a job of another tenant, an unfinished job, or one without a callback', async () => {
    receiver = await startReceiver(200);
    const redeliver = async (jobId: string, tenant: string): Promise<unknown> => {
      const init = { method: 'POST', headers: { 'waybill-tenant': tenant } };
      const answer = await results.get(`/v1/jobs/${jobId}/webhook/redeliver`, init);
      return problemSchema
        .parse(await answer.json())
        .type.split(':')
        .at(-1);
    };
    await results.append(storyOf('plain'));
    await results.append(storyOf('open', { callbackUrl: receiver.url('/open'), end: 'open' }));
    expect(await redeliver('plain', 'other')).toBe('job-not-found');
    expect(await redeliver('plain', 'acme')).toBe('no-callback');
    expect(await redeliver('open', 'acme')).toBe('job-not-final');
  });
});

describe('by default', () => {
  it('callbacks inside private networks are not posted to', async () => {
    receiver = await startReceiver(200);
    const careful = await startResults({ WAYBILL_WEBHOOK_SECRET: secret });
    try {
      const port = new URL(receiver.url('/')).port;
      await careful.append(storyOf('address', { callbackUrl: receiver.url('/address') }));
      await careful.append(storyOf('name', { callbackUrl: `http://localhost:${port}/name` }));
      const reasons: string[] = [];
      while (reasons.length < 2) {
        const { deadLetters } = (await (await careful.get('/v1/dead-letters')).json()) as DeadLetterListView;
        reasons.splice(0, reasons.length, ...deadLetters.map((letter) => letter.failure.message));
      }
      expect(reasons).toEqual([expect.stringMatching(/private network/), expect.stringMatching(/private network/)]);
    } finally {
      await careful.stop();
    }
  });

  it('nothing is sent without a secret, and a request for it says what to set', async () => {
    receiver = await startReceiver(200);
    const silent = await startResults({ WAYBILL_WEBHOOK_TARGETS: 'any' });
    try {
      await silent.append(storyOf('unsigned', { callbackUrl: receiver.url('/unsigned') }));
      expect((await silent.final('unsigned')).status).toBe('completed');
      const answer = await silent.get('/v1/jobs/unsigned/webhook/redeliver', { method: 'POST' });
      const { detail, type } = problemSchema.parse(await answer.json());
      expect([answer.status, type]).toEqual([503, 'urn:waybill:problem:webhooks-disabled']);
      expect(detail).toMatch(/set WAYBILL_WEBHOOK_SECRET/);
    } finally {
      await silent.stop();
    }
  });
});
