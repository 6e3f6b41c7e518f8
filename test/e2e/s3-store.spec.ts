import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { documentsBucket, submitSubject, tenantSchema, type JobView, type PurgeView } from '@waybill/contracts';
import { shippedPolicy } from '@waybill/llm-routing';
import { simulateS3, startModelSimulator, type ModelSimulator, type S3Simulator } from '@waybill/provider-simulator';
import { startStack, type TestStack } from '../support/index.js';
import { drawPdf, drawPicture } from './support/draw-documents.js';
import { everyMessage, placesOf } from './support/everything-stored.js';
import { policyOfProviders, type PolicyFile } from './support/policy-of-providers.js';

const tenant = tenantSchema.parse('papers');
const headers = { 'waybill-tenant': tenant };
const marker = 'Zanzibarwort';

let s3: S3Simulator;
let simulator: ModelSimulator;
let policy: PolicyFile;
let stack: TestStack;
let nats: NatsConnection;

beforeAll(async () => {
  s3 = await simulateS3();
  const key = randomBytes(32).toString('base64');
  simulator = await startModelSimulator();
  policy = await policyOfProviders(['openai', 'anthropic', 'google'], {
    pictureUrls: { ...shippedPolicy.pictureUrls, aboveBytes: 0 },
  });
  const lending = { WAYBILL_S3_PUBLIC_ENDPOINT: s3.server.url, WAYBILL_POLICY: policy.path };
  const models = { WAYBILL_MODEL_SIMULATOR_URL: simulator.url };
  stack = await startStack({ env: { ...s3.environment, ...lending, ...models, WAYBILL_MASTER_KEY: key } });
  nats = await connect({ servers: stack.nats.url });
});
afterAll(async () => {
  await nats?.drain();
  await stack?.stop();
  await simulator?.close();
  await s3?.server.stop();
  await policy?.remove();
});

async function ended(id: string): Promise<JobView> {
  for (;;) {
    const job = (await (await fetch(`${stack.url}/v1/jobs/${id}?wait=60s`, { headers })).json()) as JobView;
    if (job.finishedAt) return job;
  }
}
const textOf = async (id: string): Promise<string> =>
  (await fetch(`${stack.url}/v1/jobs/${id}/text`, { headers })).text();
const keysOf = (kind: string): string[] =>
  s3.bucket.versions.map(({ key }) => key).filter((key) => key.startsWith(`waybill/${tenant}/${kind}/`));

describe('with the document store in S3', () => {
  it('a job of the REST door is read and answered, and its bytes lie in the bucket alone, sealed', async () => {
    const pdf = Buffer.concat([
      await drawPdf([`The word is ${marker} here.`]),
      Buffer.from(`%${'x'.repeat(400_000)}\n`),
    ]);
    const body = JSON.stringify({
      id: 'rest',
      task: { kind: 'read' },
      documents: [{ inline: pdf.toString('base64') }],
    });
    const post = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
    expect((await fetch(`${stack.url}/v1/jobs`, post)).status).toBe(202);
    expect(await ended('rest')).toMatchObject({ status: 'completed' });
    expect(await textOf('rest')).toContain(marker);
    expect([keysOf('sources').length, keysOf('layouts').length]).toEqual([1, 1]);
    expect(s3.bucket.versions.filter(({ bytes }) => bytes?.includes(marker))).toEqual([]);
    const stored = (await everyMessage(nats)).filter(({ place }) => /^(OBJ_|KV_waybill-blobs)/.test(place));
    expect(stored.map(({ place }) => place)).toEqual([]);
  });

  it('a job of the NATS door names an object of NATS, which is read there', async () => {
    const objects = await new Objm(nats).create(documentsBucket(tenant));
    await objects.putBlob({ name: 'invoice.pdf' }, await drawPdf([`The word is ${marker} there.`]));
    const submission = { id: 'nats', task: { kind: 'read' }, documents: [{ object: 'invoice.pdf' }] };
    await jetstream(nats).publish(submitSubject(tenant), JSON.stringify(submission));
    expect(await ended('nats')).toMatchObject({ status: 'completed' });
    expect(await textOf('nats')).toContain(`${marker} there`);
  });

  it('a model fetches pictures from the bucket, unsealed and by signed address, and nothing lent is left', async () => {
    const picture = await drawPicture(['A quay at noon, with a crane and a barge.']);
    const documents = [{ inline: Buffer.from(picture).toString('base64') }];
    const body = JSON.stringify({ id: 'seen', task: { kind: 'describe' }, documents });
    const post = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
    expect((await fetch(`${stack.url}/v1/jobs`, post)).status).toBe(202);
    expect(await ended('seen')).toMatchObject({ status: 'completed' });
    const route = await (await fetch(`${stack.url}/v1/jobs/seen/route`, { headers })).text();
    expect(route).toContain('"sentBy":"signed-url"');
    const urls = simulator.requests.flatMap(({ call }) => call.imageUrls);
    expect(urls.every((url) => url.startsWith(`${s3.server.url}/papers/waybill/_lent/${tenant}/seen/`))).toBe(true);
    expect([urls.length > 0, route.includes('X-Amz')]).toEqual([true, false]);
    expect(s3.bucket.versions.filter(({ key }) => key.includes('_lent/'))).toEqual([]);
  });

  it('a purge leaves nothing of a job in the bucket, and nothing of its object in NATS', async () => {
    for (const id of ['rest', 'nats', 'seen']) {
      const response = await fetch(`${stack.url}/v1/jobs/${id}?purge=true`, { method: 'DELETE', headers });
      expect(((await response.json()) as PurgeView).removed.blobs).toBeGreaterThan(0);
    }
    expect(s3.bucket.versions).toEqual([]);
    expect(placesOf(marker, await everyMessage(nats))).toEqual([]);
  });
});
