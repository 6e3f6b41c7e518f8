import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectWaybillNats, WaybillClient, WaybillError, type WaybillNatsClient } from '@waybill/client';
import type { JobEvent, JobEventView } from '@waybill/contracts';
import { mintKey } from '@waybill/identity';
import { Database, PostgresKeyBook } from '@waybill/persistence';
import { tenantSchema } from '@waybill/contracts';
import {
  patientDatabase,
  startStack,
  temporaryFolder,
  type TemporaryFolder,
  type TestStack,
} from '../support/index.js';
import { drawPdf, drawPicture } from './support/draw-documents.js';

let folder: TemporaryFolder;
let stack: TestStack;
let client: WaybillClient;
let nats: WaybillNatsClient;
let apiKey: string;
let letter: string;
let bytes: Uint8Array;

const read = { kind: 'read' } as const;

beforeAll(async () => {
  folder = await temporaryFolder('client');
  letter = join(folder.path, 'letter.pdf');
  bytes = await drawPdf(['Dear reader', 'Yours']);
  await writeFile(letter, bytes);
  stack = await startStack({ env: { WAYBILL_AUTH: 'keys', WAYBILL_URL_FETCH: 'any' } });
  apiKey = await makeKey('acme');
  client = new WaybillClient({ url: stack.url, apiKey });
  nats = await connectWaybillNats({ servers: new URL(stack.nats.url).host, tenant: 'acme' });
});
afterAll(async () => {
  await nats?.close();
  await stack?.stop();
  await folder?.remove();
});

async function makeKey(tenant: string): Promise<string> {
  const database = new Database(stack.databaseUrl, patientDatabase);
  const { text, ...minted } = mintKey();
  const facts = { tenant: tenantSchema.parse(tenant), name: 'test', scopes: ['submit', 'read'] as const };
  await new PostgresKeyBook(database).add({ ...facts, createdAt: new Date(), ...minted });
  await database.close();
  return text;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const typesOf = (events: readonly (JobEvent | JobEventView)[]): string[] => events.map(({ type }) => type);
const life = ['job-accepted', 'job-planned', 'page-read', 'page-read', 'job-finished'];

describe('the client over REST', () => {
  it('hands in files, bytes and base64, waits, and reads the result', async () => {
    const inline = Buffer.from(bytes).toString('base64');
    const { id } = await client.submit({
      task: read,
      documents: [{ file: letter }, { bytes, name: 'again.pdf' }, { inline }],
      tags: ['client'],
    });
    const job = await client.wait(id);
    expect(job).toMatchObject({ status: 'completed', tenant: 'acme', pages: { done: 6, total: 6 }, tags: ['client'] });
    expect(job.documents.map(({ name }) => name)).toEqual(['letter.pdf', 'again.pdf', undefined]);
    expect((await client.result(id)).documents).toHaveLength(3);
    expect(await client.rendered(id, 'text')).toContain('Dear reader');
  });

  it('has a document fetched from an address', async () => {
    const server = createServer((_, response) => response.end(bytes)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/letter.pdf`;
    const { id } = await client.submit({ task: read, documents: [{ url }] });
    const job = await client.wait(id);
    server.close();
    expect(job).toMatchObject({ status: 'completed', pages: { done: 2, total: 2 } });
  });

  it('takes the same submission with the same id for the same job, and refuses another one', async () => {
    const wish = { id: 'once', task: read, documents: [{ file: letter }] };
    expect((await client.submit(wish)).id).toBe((await client.submit(wish)).id);
    const other = client.submit({ ...wish, documents: [{ bytes: await drawPdf(['Other']) }] });
    await expect(other).rejects.toMatchObject({ code: 'id-conflict', status: 409, isPassing: false });
  });

  it('tells the life of a job from its beginning, also afterwards', async () => {
    const { id } = await client.submit({ task: read, documents: [{ file: letter }] });
    expect(typesOf(await collect(client.events(id)))).toEqual(life);
    expect(typesOf(await collect(client.events(id)))).toEqual(life);
  });

  it('cancels, and says in a sentence why that is not possible any more', async () => {
    // More than can be read before the cancellation comes.
    const numbers = Array.from({ length: 12 }, (_, number) => number);
    const pictures = await Promise.all(numbers.map((number) => drawPicture([`Picture ${number}`])));
    const { id } = await client.submit({ task: read, documents: pictures.map((picture) => ({ bytes: picture })) });
    await client.cancel(id);
    expect((await client.wait(id)).status).toBe('cancelled');
    expect((await client.cancel(id)).status).toBe('cancelled');
    const { id: done } = await client.submit({ task: read, documents: [{ file: letter }] });
    await client.wait(done);
    const error = await client.cancel(done).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WaybillError);
    expect(error).toMatchObject({ code: 'job-already-final', message: expect.stringMatching(/^The job has already/) });
  });

  it('stops waiting when the signal says so; the job goes on', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const { id } = await client.submit({ task: read, documents: [{ file: letter }] });
    await expect(client.wait(id, { signal })).rejects.toThrow('enough');
    await expect(collect(client.events(id, { signal }))).rejects.toThrow('enough');
    expect((await client.wait(id)).status).toBe('completed');
  });

  it('shows nothing to another tenant, and nothing without a key', async () => {
    const { id } = await client.submit({ task: read, documents: [{ file: letter }] });
    const other = new WaybillClient({ url: stack.url, apiKey: await makeKey('beta') });
    await expect(other.job(id)).rejects.toMatchObject({ code: 'job-not-found' });
    await expect(new WaybillClient({ url: stack.url }).job(id)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('refuses what is not valid with the place where it is wrong', async () => {
    const wish = { task: { kind: 'extract', schema: 'poem' } as never, documents: [{ file: letter }] };
    await expect(client.submit(wish)).rejects.toMatchObject({
      code: 'invalid-submission',
      message: expect.stringMatching(/task/),
    });
  });
});

describe('the client when the service is away', () => {
  it('comes back after the time that the answer asks for', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization ?? '');
      if (seen.length < 3) response.writeHead(seen.length === 1 ? 429 : 503, { 'retry-after': '0' }).end();
      else response.end('the text');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await new WaybillClient({ url, apiKey: 'k' }).rendered('a', 'text')).toBe('the text');
    expect(seen).toEqual(['Bearer k', 'Bearer k', 'Bearer k']);
    const once = new WaybillClient({ url, maxAttempts: 1 });
    seen.splice(0);
    await expect(once.rendered('a', 'text')).rejects.toMatchObject({ status: 429, isPassing: true });
    await new Promise((resolve) => server.close(resolve));
    await expect(once.job('a')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/Nothing answers at/),
    });
  });
});

describe('the client over NATS', () => {
  it('submits, hears every event, and has the result in the last one', async () => {
    const [events, ended] = [nats.events('by-nats'), nats.wait('by-nats')];
    expect(await nats.submit({ id: 'by-nats', task: read, documents: [{ file: letter }] })).toEqual({ id: 'by-nats' });
    expect(typesOf(await collect(events))).toEqual(life);
    expect(await ended).toMatchObject({ status: 'completed', result: { documents: [{ pages: 2 }] } });
    expect((await client.result('by-nats')).status).toBe('completed');
  });

  it('carries what does not fit into a message through the bucket', async () => {
    const large = Buffer.concat([await readFile(letter), Buffer.alloc(900_000, '\n')]);
    const ended = nats.wait('large');
    await nats.submit({ id: 'large', task: read, documents: [{ bytes: large, name: 'large.pdf' }] });
    expect(await ended).toMatchObject({ status: 'completed' });
    expect((await client.job('large')).documents[0]).toMatchObject({ name: 'large.pdf', sizeBytes: large.length });
  });

  it('ends a wait by its signal, and hears of a submission that is not valid', async () => {
    const stop = new AbortController();
    const never = nats.wait('never', { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(never).rejects.toThrow('enough');
    const failed = nats.wait('wrong');
    await nats.submit({ id: 'wrong', task: { kind: 'paint' } as never, documents: [{ bytes }] });
    expect(await failed).toMatchObject({ status: 'failed', problems: [{ message: expect.stringMatching(/task/) }] });
  });
});
