import type { TestingModule } from '@nestjs/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { jobKeySchema } from '@waybill/contracts';
import { BLOB_ERASER, DOCUMENT_STORE, examineDocumentStore, PICTURE_LOANS } from '@waybill/document-store';
import type { BlobEraser, DocumentStore } from '@waybill/jobs';
import type { PictureLoans } from '@waybill/llm-routing';
import { loadEnvironment } from '@waybill/platform';
import { simulateS3, type S3Simulator } from '@waybill/provider-simulator';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestNats } from '../../support/index.js';
import { openStore } from './open-store.js';

const job = jobKeySchema.parse({ tenant: 'acme', jobId: 'job_1' });
const other = jobKeySchema.parse({ tenant: 'acme', jobId: 'job_10' });
const picture = { bytes: Buffer.from('a small picture'), mediaType: 'image/jpeg' };
const later = () => new Date(Date.now() + 600_000);

let server: Awaited<ReturnType<typeof startTestNats>>;
let nats: NatsConnection;
let s3: S3Simulator;
let module: TestingModule;
let loans: PictureLoans;

const open = (variables: Readonly<Record<string, string>>): Promise<TestingModule> => openStore(nats, variables);
const lendable = () => ({ ...s3.environment, WAYBILL_S3_PUBLIC_ENDPOINT: s3.server.url });
const keys = (): string[] => s3.bucket.versions.map(({ key }) => key);

beforeAll(async () => {
  server = await startTestNats();
  nats = await connect({ servers: server.url });
  s3 = await simulateS3();
  module = await open(lendable());
  loans = module.get(PICTURE_LOANS);
});
afterAll(async () => {
  await module?.close();
  await s3?.server.stop();
  await nats?.close();
  await server?.stop();
});

describe('a picture that is lent', () => {
  it('is fetched by its address alone, as what it is, and is gone when it was taken back', async () => {
    const lent = await loans.lend(job, picture, later());
    const answer = await fetch(lent.url);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      ...[200, 'image/jpeg', picture.bytes.toString()],
    ]);
    expect(keys()).toEqual([expect.stringMatching(/^waybill\/_lent\/acme\/job_1\/[\w-]{24}-\d{10}$/)]);
    await lent.takeBack();
    expect([keys(), (await fetch(lent.url)).status]).toEqual([[], 404]);
  });

  it('is taken back from a bucket that keeps versions, too', async () => {
    s3.bucket.keepsVersions = true;
    await (await loans.lend(job, picture, later())).takeBack();
    s3.bucket.keepsVersions = false;
    expect(keys()).toEqual([]);
  });

  it('is not fetched by another address: of another object, for longer, by another method, or unsigned', async () => {
    const [one, two] = [await loans.lend(job, picture, later()), await loans.lend(other, picture, later())];
    const query = new URL(one.url).search;
    const moved = new URL(two.url);
    moved.search = query;
    const longer = one.url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800');
    const bare = one.url.replace(query, '');
    for (const url of [moved.href, longer, bare]) expect((await fetch(url)).status).toBe(403);
    expect((await fetch(one.url, { method: 'DELETE' })).status).toBe(403);
    await Promise.all([one.takeBack(), two.takeBack()]);
  });

  it('can be fetched no longer than said', async () => {
    const lent = await loans.lend(job, picture, new Date(Date.now() - 5_000));
    const { searchParams } = new URL(lent.url);
    expect(searchParams.get('X-Amz-Expires')).toBe('1');
    const stretched = await loans.lend(job, picture, later());
    expect(Number(new URL(stretched.url).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(601);
    await Promise.all([lent.takeBack(), stretched.takeBack()]);
  });

  it('is swept when its time is over and nobody took it back, and not before', async () => {
    const now = Date.now();
    await loans.lend(job, picture, new Date(now - 60_000));
    const held = await loans.lend(other, picture, new Date(now + 60_000));
    const document = await module.get<DocumentStore>(DOCUMENT_STORE).put(job.tenant, 'kept', picture.bytes);
    expect(await loans.takeBackOverdue(new Date(now))).toBe(1);
    expect(keys().sort()).toEqual([expect.stringContaining('/_lent/acme/job_10/'), 'waybill/acme/kept']);
    expect((await fetch(held.url)).status).toBe(200);
    await held.takeBack();
    await module.get<DocumentStore>(DOCUMENT_STORE).remove(document);
  });

  it('goes with a purge of its job, and of no other', async () => {
    await loans.lend(job, picture, later());
    const held = await loans.lend(other, picture, later());
    expect(await module.get<BlobEraser>(BLOB_ERASER).eraseUnder(job)).toBe(1);
    expect(keys()).toEqual([expect.stringContaining('/_lent/acme/job_10/')]);
    await held.takeBack();
  });
});

describe('where pictures are lent', () => {
  it('is the bucket, by an address that the operator has named, and nowhere else', async () => {
    for (const variables of [{}, s3.environment]) {
      const without = await open(variables);
      expect(without.get(PICTURE_LOANS)).toBeUndefined();
      await without.close();
    }
  });

  it('names the bucket in the path where that is said', async () => {
    const away = await open({ ...lendable(), WAYBILL_S3_PUBLIC_ENDPOINT: 'https://s3.eu-central-1.example' });
    const inPath = await away.get<PictureLoans>(PICTURE_LOANS).lend(job, picture, later());
    expect(inPath.url).toMatch(/^https:\/\/s3\.eu-central-1\.example\/papers\/waybill\/_lent\/acme\//);
    await inPath.takeBack();
    await away.close();
  });

  it('is tried by the doctor, over the address that providers use', async () => {
    const remarksOf = async (endpoint: string) =>
      (await examineDocumentStore(loadEnvironment({ ...lendable(), WAYBILL_S3_PUBLIC_ENDPOINT: endpoint }))).remarks;
    expect((await remarksOf(s3.server.url)).join(' ')).not.toContain('lent to providers');
    expect((await remarksOf('http://127.0.0.1:9')).join(' ')).toMatch(/cannot be fetched over http.*or unset it/);
    expect(keys()).toEqual([]);
  });
});
