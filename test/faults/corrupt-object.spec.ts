import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentsBucket, tenantSchema, type JobView } from '@waybill/contracts';
import { drawPdf } from '../e2e/support/draw-documents.js';
import { patient, startStack, whenEnded, type TestStack } from '../support/index.js';
import { faultEnvironment } from './support/fault-run.js';

const tenant = tenantSchema.parse('faults');
const headers = { 'waybill-tenant': tenant };
let stack: TestStack;
let nats: NatsConnection;

beforeAll(async () => {
  stack = await startStack({
    env: { ...faultEnvironment, WAYBILL_OCR_ENGINE: 'tesseract-js', WAYBILL_OCR_WORKERS: '1' },
  });
  nats = await connect({ servers: stack.nats.url });
}, 600_000);
afterAll(async () => {
  await nats?.close();
  await stack?.stop();
});

async function submit(id: string, pdf: Uint8Array, task: unknown): Promise<void> {
  const form = new FormData();
  form.set('submission', JSON.stringify({ id, task, documents: [{ upload: 'file' }] }));
  form.set('file', new Blob([Buffer.from(pdf)], { type: 'application/pdf' }), 'a.pdf');
  const answer = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', headers, body: form });
  expect(answer.status).toBe(202);
}

const viewOf = async (id: string): Promise<JobView> =>
  (await (await fetch(`${stack.url}/v1/jobs/${id}?wait=1s`, { headers })).json()) as JobView;
const endOf = (id: string): Promise<JobView> => whenEnded(`${stack.url}/v1/jobs/${id}`, headers);

async function planned(id: string): Promise<void> {
  while ((await viewOf(id)).pages.total === null);
}

/** Every small blob of these keys says something else now; the broker has no reason to doubt it. */
async function replaceBlobs(part: string): Promise<number> {
  const bucket = await new Kvm(nats).open('waybill-blobs');
  const keys: string[] = [];
  for await (const key of await bucket.keys()) if (key.includes(part)) keys.push(key);
  for (const key of keys) await bucket.put(key, Buffer.from('{"other":"bytes"}'));
  return keys.length;
}

/** The last chunk of every large object becomes other bytes, so many more of them. */
async function replaceChunks(moreBytes: number): Promise<number> {
  const manager = await jetstreamManager(nats, patient);
  const stream = `OBJ_${documentsBucket(tenant)}`;
  const { state } = await manager.streams.info(stream, { subjects_filter: `$O.${documentsBucket(tenant)}.C.>` });
  for (const subject of Object.keys(state.subjects ?? {})) {
    const last = await manager.streams.getMessage(stream, { last_by_subj: subject });
    if (!last) throw new Error('The object has no chunk.');
    await manager.streams.deleteMessage(stream, last.seq);
    await jetstream(nats).publish(subject, Buffer.alloc(last.data.length + moreBytes, 1));
  }
  return Object.keys(state.subjects ?? {}).length;
}

/** Invariant: bytes that changed in the store are found by their digest; they fail what needs them and never become an answer. */
describe('an object that changed in the store', () => {
  it.each([
    ['small', 0, () => replaceBlobs('sources/')],
    ['large', 400_000, () => replaceChunks(0)],
    ['lengthened', 400_000, () => replaceChunks(9)],
  ])(
    'fails the pages that are read from it: a %s one',
    async (size, padding, replace) => {
      await stack.service('ocr').stop();
      // Readers of PDF pass over what stands behind its end.
      const pdf = Buffer.concat([await drawPdf(['Total 12.50']), Buffer.alloc(padding, '%')]);
      await submit(`changed-${size}`, pdf, { kind: 'read' });
      await planned(`changed-${size}`);
      expect(await replace()).toBeGreaterThan(0);
      await stack.startAgain('ocr');
      const job = await endOf(`changed-${size}`);
      expect(job).toMatchObject({ status: 'failed', pages: { done: 1, failed: 1 } });
      expect(job.problems[0]).toMatchObject({
        code: 'document-not-found',
        message: expect.stringMatching(/not those|other length/),
      });
    },
    600_000,
  );

  it('fails the answer that is made of a layout', async () => {
    await stack.service('reasoning').stop();
    await submit('changed-layout', await drawPdf(['Total 12.50']), { kind: 'extract' });
    while ((await viewOf('changed-layout')).pages.done === 0);
    expect(await replaceBlobs('layouts/')).toBeGreaterThan(0);
    await stack.startAgain('reasoning');
    const job = await endOf('changed-layout');
    expect(job.status).toBe('failed');
    expect(job.problems[0]?.message).toMatch(/not those/);
  }, 600_000);
});
