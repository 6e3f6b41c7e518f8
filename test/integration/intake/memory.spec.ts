import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { json } from 'node:stream/consumers';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Objm } from '@nats-io/obj';
import type { AcceptanceView } from '@waybill/contracts';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startService, startTestNats, type TestService } from '../../support/index.js';

const megabyte = 1_048_576;
const documentMegabytes = 100;
const allowedGrowthMegabytes = 90;

let server: Awaited<ReturnType<typeof startTestNats>>;
let nats: NatsConnection;
let intake: TestService;

beforeAll(async () => {
  server = await startTestNats();
  nats = await connect({ servers: server.url });
  const env = { NATS_URL: server.url, WAYBILL_AUTH: 'none', WAYBILL_PROVISION_AT_START: 'true' };
  intake = await startService('intake', { env });
});
afterAll(async () => {
  await intake.stop();
  await nats.close();
  await server.stop();
});

/** A field of Linux's own account of a process's memory, in MiB: VmRSS is now, VmHWM the highest so far. */
const memoryMegabytes = (field: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${intake.pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024;
};

/** Overdue already, so that nobody looks at the document afterwards: this is about taking it in. */
const submission = JSON.stringify({ task: { kind: 'read' }, routing: { deadline: '2020-01-01T00:00:00.000Z' } });

/** Posts so many megabytes as one file part, made as they are sent. Returns the answer and the file's digest. */
async function upload(megabytes: number): Promise<{ status: number | undefined; id: string; digest: string }> {
  const hash = createHash('sha256');
  const boundary = 'a-boundary';
  function* body(): Generator<Buffer> {
    yield Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="submission"\r\n\r\n${submission}\r\n` +
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="large.bin"\r\n\r\n`,
    );
    for (let index = 0; index < megabytes; index += 1) {
      const part = Buffer.alloc(megabyte, index % 251);
      hash.update(part);
      yield part;
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const post = request(`${intake.url}/v1/jobs`, { method: 'POST', headers });
  const answered = once(post, 'response') as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(body()), post);
  const [response] = await answered;
  const { id } = (await json(response)) as AcceptanceView;
  return { status: response.statusCode, id, digest: hash.digest('base64url') };
}

const itOnLinux = process.platform === 'linux' ? it : it.skip;

itOnLinux(`takes a document of ${documentMegabytes} MB through without holding it`, async () => {
  expect((await upload(1)).status).toBe(202);
  const before = memoryMegabytes('VmRSS');
  const { status, digest } = await upload(documentMegabytes);
  const growth = memoryMegabytes('VmHWM') - before;
  expect(status).toBe(202);
  const [stored] = (await (await new Objm(nats).open('waybill-documents-default')).list()).filter(
    ({ size }) => size === documentMegabytes * megabyte,
  );
  expect(stored?.digest.replace(/=+$/, '')).toBe(`SHA-256=${digest}`);
  expect(growth).toBeLessThan(allowedGrowthMegabytes);
});
