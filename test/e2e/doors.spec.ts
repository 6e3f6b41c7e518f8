import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { jetstream } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { documentsBucket, submitSubject, tenantSchema, type JobView, type ResultView } from '@waybill/contracts';
import { drawSamples } from '@waybill/samples';
import { startStack, temporaryFolder, type TemporaryFolder, type TestStack } from '../support/index.js';

const tenant = tenantSchema.parse('doors');
const headers = { 'waybill-tenant': tenant };
const task = { kind: 'extract', schema: 'receipt' } as const;
const name = 'receipt-photo.jpg';

let folder: TemporaryFolder;
let stack: TestStack;
let nats: NatsConnection;
let bytes: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  folder = await temporaryFolder('doors');
  const samples = await drawSamples(folder.path);
  bytes = Uint8Array.from(await readFile(samples.find((sample) => sample.name === name)?.path ?? ''));
  stack = await startStack();
  nats = await connect({ servers: stack.nats.url });
});
afterAll(async () => {
  await nats?.drain();
  await stack?.stop();
  await folder?.remove();
});

const get = async <Body>(path: string): Promise<Body> => {
  const response = await fetch(`${stack.url}${path}`, { headers });
  return (await response.json()) as Body;
};
const ended = (id: string): Promise<JobView> =>
  eventually(`/v1/jobs/${id}?wait=60s`, (job: JobView) => job.finishedAt !== undefined);

/** What was found, without how long it took. */
async function answerOf(id: string): Promise<unknown> {
  expect((await ended(id)).status).toBe('completed');
  const { documents } = await get<ResultView>(`/v1/jobs/${id}/result`);
  return documents.map(({ kind, values, fields, pages }) => ({ kind, values, fields, pages }));
}

const publish = (submission: object): Promise<unknown> =>
  jetstream(nats).publish(submitSubject(tenant), JSON.stringify(submission));

const post = (body: string | FormData): Promise<Response> => {
  const type = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined;
  return fetch(`${stack.url}/v1/jobs`, { method: 'POST', headers: { ...headers, ...type }, body });
};

const inline = () => ({ inline: Buffer.from(bytes).toString('base64'), name });

describe('every door', () => {
  it('gives the same answer for the same document', async () => {
    await publish({ id: 'nats-inline', tenant, task, documents: [inline()] });

    const bucket = await new Objm(nats).create(documentsBucket(tenant));
    await bucket.putBlob({ name: 'scans/receipt' }, bytes);
    await publish({ id: 'nats-object', tenant, task, documents: [{ object: 'scans/receipt', name }] });

    const byJson = await post(JSON.stringify({ id: 'rest-json', tenant, task, documents: [inline()] }));
    expect(byJson.status).toBe(202);
    expect(byJson.headers.get('location')).toBe('/v1/jobs/rest-json');
    expect(byJson.headers.get('retry-after')).toMatch(/^\d+$/);

    const form = new FormData();
    const submission = { id: 'rest-multipart', tenant, task, documents: [{ upload: 'scan', name }] };
    form.append('submission', new Blob([JSON.stringify(submission)], { type: 'application/json' }));
    form.append('scan', new Blob([bytes]), name);
    expect((await post(form)).status).toBe(202);

    const answers = await Promise.all(['nats-inline', 'nats-object', 'rest-json', 'rest-multipart'].map(answerOf));
    expect(answers[0]).toMatchObject([{ kind: 'receipt', pages: 1 }]);
    expect(answers.slice(1)).toEqual([answers[0], answers[0], answers[0]]);
  });

  it('knows a repeat by its id, and refuses the id for other content', async () => {
    const submission = { id: 'once', tenant, task: { kind: 'read' }, documents: [inline()] };
    const [first, second] = [await post(JSON.stringify(submission)), await post(JSON.stringify(submission))];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(((await second.json()) as JobView).id).toBe('once');

    const other = await post(JSON.stringify({ ...submission, task }));
    expect(other.status).toBe(409);
    expect(other.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(((await other.json()) as { type: string }).type).toBe('urn:waybill:problem:id-conflict');

    await publish(submission);
    expect((await ended('once')).status).toBe('completed');
    const listed = await get<{ jobs: JobView[] }>('/v1/jobs?limit=200');
    expect(listed.jobs.filter(({ id }) => id === 'once')).toHaveLength(1);
  });

  it('finds a job in the moment it is accepted', async () => {
    const form = new FormData();
    const submission = { tenant, task: { kind: 'read' }, documents: [{ upload: 'a' }] };
    form.append('submission', JSON.stringify(submission));
    form.append('a', new Blob([bytes]), 'a.jpg');
    const { id } = (await (await post(form)).json()) as JobView;
    expect((await fetch(`${stack.url}/v1/jobs/${id}`, { headers })).status).toBe(200);
    expect((await fetch(`${stack.url}/v1/jobs/${id}/cancel`, { method: 'POST', headers })).status).toBe(200);
  });

  it('makes an invalid message a visible failed job and a dead letter with its reason', async () => {
    await publish({ id: 'wrong', tenant, task: { kind: 'paint' }, documents: [inline()] });
    const job = await ended('wrong');
    expect(job.status).toBe('failed');
    expect(job.problems[0]?.message).not.toBe('');
    const { deadLetters } = await get<{ deadLetters: { stage: string; failure: { message: string } }[] }>(
      '/v1/dead-letters',
    );
    expect(deadLetters).toContainEqual(expect.objectContaining({ stage: 'intake-submit', jobId: 'wrong' }));
  });
});

/** A published message is known to the API a moment after its PubAck: asks until the answer fits. */
async function eventually<Body>(path: string, fits: (body: Body) => boolean): Promise<Body> {
  for (;;) {
    const body = await get<Body>(path);
    if (fits(body)) return body;
    await pause(20);
  }
}
