import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { tenantSchema, type RouteAttempt } from '@waybill/contracts';
import { JetStreamAnswerJournal, JetStreamBatchBook } from '@waybill/document-store';
import { MemoryBatchBook, type BatchBook } from '@waybill/llm-routing';
import { leaveToLaggingReplica, startTestNats } from '../../support/index.js';

let server: Awaited<ReturnType<typeof startTestNats>>;
let nats: NatsConnection;
const books: Record<string, () => Promise<BatchBook>> = {
  'in NATS': () => JetStreamBatchBook.open(nats, { replicas: 1, keepMs: 86_400_000 }),
  'in memory': () => Promise.resolve(new MemoryBatchBook()),
};

beforeAll(async () => {
  server = await startTestNats();
  nats = await connect({ servers: server.url });
});
afterAll(async () => {
  await nats.close();
  await server.stop();
});

describe.each(Object.keys(books))('a book of batches %s', (name) => {
  it('is changed only by who has seen the last state', async () => {
    const book = await books[name]!();
    expect(await book.find('call.a')).toBeUndefined();
    const wrote = await Promise.all([1, 2, 3].map((by) => book.write('call.a', { by }, 0)));
    expect(wrote.filter(Boolean)).toHaveLength(1);
    const { value, revision } = (await book.find<{ by: number }>('call.a'))!;
    expect(value).toEqual({ by: wrote.indexOf(true) + 1 });
    expect(await book.write('call.a', { by: 4 }, revision)).toBe(true);
    expect(await book.write('call.a', { by: 5 }, revision)).toBe(false);
    expect(await book.find('call.a')).toMatchObject({ value: { by: 4 } });
  });

  it('lists and forgets', async () => {
    const book = await books[name]!();
    for (const key of ['waiting.x.1', 'waiting.x.2', 'waiting.y.3']) await book.write(key, {}, 0);
    expect((await book.keys('waiting.x.')).sort()).toEqual(['waiting.x.1', 'waiting.x.2']);
    await book.remove('waiting.x.1');
    expect(await book.keys('waiting.x.')).toEqual(['waiting.x.2']);
    expect(await book.find('waiting.x.1')).toBeUndefined();
    expect(await book.write('waiting.x.1', { again: true }, 0)).toBe(true);
  });
});

describe('where a replica that lags answers', () => {
  it('no paid answer and no batched call counts as missing', async () => {
    const options = { replicas: 1, keepMs: 86_400_000 };
    const journal = await JetStreamAnswerJournal.open(nats, options);
    const book = await JetStreamBatchBook.open(nats, options);
    const acme = tenantSchema.parse('acme');
    const attempt = {} as RouteAttempt;
    const entry = { version: 1, attempt, spent: '5', most: '5', answer: { text: 'yes' }, failure: undefined } as const;
    await journal.keep(acme, 'asked', entry);
    await book.write('call.lagging', { by: 1 }, 0);
    for (const bucket of ['waybill-paid-answers', 'waybill-batches']) await leaveToLaggingReplica(nats, `KV_${bucket}`);
    expect(await journal.find(acme, 'asked')).toMatchObject({ answer: { text: 'yes' } });
    expect(await journal.find(acme, 'not asked')).toBeUndefined();
    expect(await book.find('call.lagging')).toMatchObject({ value: { by: 1 } });
  });
});
