import { randomBytes } from 'node:crypto';
import { Kvm } from '@nats-io/kv';
import type { JobAccepted, JobPlanned, ReadPageWork } from '@waybill/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { job, picture, pictures, startIntake, type TestIntake } from './start-intake.js';

let intake: TestIntake;

beforeAll(async () => {
  intake = await startIntake({ WAYBILL_MAX_DOCUMENT_BYTES: '1000000' });
});
afterAll(() => intake.stop());

const postJson = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${intake.url}/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const postForm = (parts: Record<string, string | [Uint8Array, string]>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name.replace(/\d$/, ''), new Blob([value[0]]), value[1]);
  }
  return fetch(`${intake.url}/v1/jobs`, { method: 'POST', body: form });
};

const idOf = async (response: Response): Promise<string> => ((await response.json()) as { id: string }).id;
const storedMessages = async (stream: string) => (await intake.manager.streams.info(stream)).state.messages;

const keptBlobs = async (): Promise<number> => {
  let count = 0;
  for await (const key of await (await new Kvm(intake.nats).open('waybill-blobs')).keys()) count += key ? 1 : 0;
  return count;
};

describe('POST /v1/jobs as JSON', () => {
  it('answers 202 with the job, where to find it and when to ask', async () => {
    const response = await postJson({
      documents: [{ inline: (await picture()).toString('base64') }],
      task: { kind: 'read' },
      metadata: { order: '17' },
    });
    expect(response.status).toBe(202);
    const body = (await response.json()) as { id: string };
    expect(body).toMatchObject({ status: 'queued', links: { self: `/v1/jobs/${body.id}` } });
    expect(response.headers.get('location')).toBe(`/v1/jobs/${body.id}`);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    // Accepted means durable: the event is there before the answer.
    const accepted = await intake.events.find(job(body.id), 'job-accepted');
    expect(accepted).toMatchObject({ door: 'rest', submission: { metadata: { order: '17' } } });
    const day = 86_400_000;
    expect(Date.parse(accepted!.submission.routing.deadline) - Date.parse(accepted!.at)).toBe(day);
  });

  it('gives one job to the same submission sent many times at once, and keeps one copy of its bytes', async () => {
    const before = await keptBlobs();
    const submission = {
      id: 'same-rest',
      documents: [{ inline: (await picture(5)).toString('base64') }],
      task: { kind: 'read' },
    };
    const responses = await Promise.all(Array.from({ length: 10 }, () => postJson(submission)));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202));
    const [accepted] = (await intake.until(job('same-rest'), 'job-planned')) as [JobAccepted];
    const work = (await intake.messagesOf<ReadPageWork>('WAYBILL_PAGES')).filter((each) => each.jobId === 'same-rest');
    expect(work).toHaveLength(1);
    const [document] = accepted.submission.documents;
    expect(work[0]?.source).toEqual(document && 'blob' in document ? document.blob : undefined);
    expect(await keptBlobs()).toBe(before + 1);
  });

  it('answers 409 to other content under the same id', async () => {
    const inline = (await picture(6)).toString('base64');
    await postJson({ id: 'conflict', documents: [{ inline }], task: { kind: 'read' } });
    const response = await postJson({ id: 'conflict', documents: [{ inline }], task: { kind: 'extract' } });
    expect(response.status).toBe(409);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ type: 'urn:waybill:problem:id-conflict', instance: '/v1/jobs' });
  });

  it.each([
    [400, 'invalid-submission', { documents: [], task: { kind: 'read' } }],
    [400, 'invalid-submission', 'text'],
    [400, 'invalid-submission', { tenant: 'acme', documents: [{ inline: 'AAAA' }], task: { kind: 'read' } }],
    [422, 'unknown-task', { documents: [{ inline: 'AAAA' }], task: { kind: 'translate' } }],
    [
      422,
      'callback-refused',
      { documents: [{ inline: 'AAAA' }], task: { kind: 'read' }, callback: { url: 'https://c.test' } },
    ],
    [404, 'document-not-found', { documents: [{ object: 'nothing' }], task: { kind: 'read' } }],
    [413, 'too-large', { documents: [{ inline: Buffer.alloc(1_000_001).toString('base64') }], task: { kind: 'read' } }],
  ])('answers %d %s as problem details: %#', async (status, code, body) => {
    const response = await postJson(body);
    expect(await response.json()).toMatchObject({ status, type: `urn:waybill:problem:${code}` });
    expect(response.status).toBe(status);
  });

  it('points at each wrong field', async () => {
    const response = await postJson({ documents: [{ url: 'nowhere' }], task: { kind: 'read' }, tags: [7] });
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/documents/0/url', '/tags/0']));
  });

  it('refuses bodies that are not JSON, other media types, a wrong tenant header', async () => {
    const post = (body: string, headers: Record<string, string>) =>
      fetch(`${intake.url}/v1/jobs`, { method: 'POST', body, headers });
    expect((await post('{"documents":', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await post('<xml/>', { 'content-type': 'application/xml' })).status).toBe(415);
    const wrongTenant = await postJson({}, { 'waybill-tenant': 'Not A Tenant' });
    expect(await wrongTenant.json()).toMatchObject({ status: 400, type: 'urn:waybill:problem:invalid-tenant' });
  });
});

describe('POST /v1/jobs as multipart', () => {
  it('takes every file as a document when none is named', async () => {
    const response = await postForm({
      file1: [await picture(7), 'first.png'],
      file2: [await picture(8), 'second.png'],
      submission: JSON.stringify({ task: { kind: 'read' }, id: 'form-all' }),
    });
    expect(response.status).toBe(202);
    const planned = (await intake.until(job('form-all'), 'job-planned')).at(-1) as JobPlanned;
    expect(planned.documents.map(({ name, pages }) => [name, pages])).toEqual([
      ['first.png', 1],
      ['second.png', 1],
    ]);
  });

  it('takes the files that documents name, in their order, beside other documents', async () => {
    const submission = {
      id: 'form-named',
      task: { kind: 'read' },
      documents: [{ inline: (await picture(9)).toString('base64') }, { upload: 'scan', name: 'renamed.png' }],
    };
    const response = await postForm({ submission: JSON.stringify(submission), scan: [await picture(10), 'scan.png'] });
    expect(response.status).toBe(202);
    const planned = (await intake.until(job('form-named'), 'job-planned')).at(-1) as JobPlanned;
    expect(planned.documents.map(({ name }) => name)).toEqual([undefined, 'renamed.png']);
  });

  it('sends each page of a document to be read', async () => {
    const id = await idOf(
      await postForm({ submission: '{"task":{"kind":"read"}}', file: [await pictures(3), 'three.tiff'] }),
    );
    await intake.until(job(id), 'job-planned');
    const pages = (): Promise<ReadPageWork[]> => intake.messagesOf<ReadPageWork>('WAYBILL_PAGES');
    let work = (await pages()).filter(({ jobId }) => jobId === id);
    while (work.length < 3) work = (await pages()).filter(({ jobId }) => jobId === id);
    expect(work.map(({ page }) => page).sort()).toEqual([1, 2, 3]);
    expect(new Set(work.map(({ source }) => source.sha256)).size).toBe(1);
  });

  it.each([
    ['no submission', { file: [randomBytes(10), 'a'] as [Uint8Array, string] }, 'missing'],
    ['no JSON', { submission: '{', file: [randomBytes(10), 'a'] as [Uint8Array, string] }, 'not JSON'],
    ['an unknown field', { submission: '{"task":{"kind":"read"}}', other: 'x' }, 'other'],
    [
      'a file that no document names',
      {
        submission: '{"task":{"kind":"read"},"documents":[{"inline":"AAAA"}]}',
        extra: [randomBytes(10), 'a'] as [Uint8Array, string],
      },
      'extra',
    ],
    [
      'a named file that is missing',
      { submission: '{"task":{"kind":"read"},"documents":[{"upload":"gone"}]}' },
      'gone',
    ],
  ])('refuses %s', async (_what, parts, hint) => {
    const response = await postForm(parts);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: 'urn:waybill:problem:invalid-submission',
      detail: expect.stringContaining(hint),
    });
  });

  it('refuses a file over the limit while it comes, and leaves nothing of the request in the store', async () => {
    const before = await storedMessages('OBJ_waybill-documents-default');
    const response = await postForm({
      submission: '{"task":{"kind":"read"}}',
      file1: [randomBytes(400_000), 'small enough'],
      file2: [randomBytes(1_500_000), 'too large'],
    });
    expect(response.status).toBe(413);
    // The object that was complete leaves the mark of its removal behind.
    expect(await storedMessages('OBJ_waybill-documents-default')).toBeLessThanOrEqual(before + 1);
  });

  it('takes back the files of a repeated submission', async () => {
    const bytes = randomBytes(500_000);
    const send = () => postForm({ submission: '{"id":"form-again","task":{"kind":"read"}}', file: [bytes, 'a.bin'] });
    expect((await send()).status).toBe(202);
    const before = await storedMessages('OBJ_waybill-documents-default');
    expect((await send()).status).toBe(202);
    expect(await storedMessages('OBJ_waybill-documents-default')).toBe(before + 1);
  });
});
