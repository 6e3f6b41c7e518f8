import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jetstream } from '@nats-io/jetstream';
import {
  deadLetterSubject,
  submitSubject,
  tenantSchema,
  type DeadLetter,
  type JobFinished,
  type JobPlanned,
  type ReadPageWork,
} from '@waybill/contracts';
import { drawMail } from '@waybill/samples';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { job, picture, startIntake, type TestIntake } from './start-intake.js';

const tenant = tenantSchema.parse('default');

let intake: TestIntake;
let web: Server;
let webUrl: string;
let answer: (path: string, response: ServerResponse) => void;

beforeAll(async () => {
  web = createServer((request, response) => answer(request.url ?? '', response)).listen(0, '127.0.0.1');
  await once(web, 'listening');
  webUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  intake = await startIntake({ WAYBILL_URL_FETCH: 'any', WAYBILL_MAX_DOCUMENT_BYTES: '500000' });
});
afterAll(async () => {
  await intake.stop();
  web.closeAllConnections();
  web.close();
});

const submit = (id: string, documents: unknown[]) =>
  jetstream(intake.nats).publish(submitSubject(tenant), JSON.stringify({ id, documents, task: { kind: 'read' } }));

const planOf = async (id: string): Promise<JobPlanned> =>
  (await intake.until(job(id), 'job-planned')).at(-1) as JobPlanned;
const endOf = async (id: string): Promise<JobFinished> =>
  (await intake.until(job(id), 'job-finished')).at(-1) as JobFinished;

/** So many pages of a job, which come after its plan. */
async function pagesOf(id: string, count: number): Promise<ReadPageWork[]> {
  for (;;) {
    const work = (await intake.messagesOf<ReadPageWork>('WAYBILL_PAGES')).filter(({ jobId }) => jobId === id);
    if (work.length >= count) return work.sort((a, b) => a.document - b.document);
  }
}

describe('planning', () => {
  it('fetches a web address into the store, following redirects', async () => {
    const bytes = await picture();
    answer = (path, response) => {
      if (path === '/moved') response.writeHead(302, { location: '/picture' }).end();
      else response.end(bytes);
    };
    await submit('by-url', [{ url: `${webUrl}/moved`, name: 'web.png' }]);
    const planned = await planOf('by-url');
    expect(planned.documents).toEqual([
      { document: 0, name: 'web.png', mediaType: 'image/png', pages: 1, sizeBytes: bytes.length },
    ]);
    const consumer = await jetstream(intake.nats).consumers.get('WAYBILL_PAGES', 'ocr-read-page');
    const message = await consumer.next();
    expect(message?.json<ReadPageWork>().source).toEqual(planned.sources?.[0]?.blob);
    message?.ack();
  });

  it('plans the documents that can be read, and says why the others cannot', async () => {
    answer = (path, response) => {
      if (path === '/gone') response.writeHead(404).end();
      else response.end(Buffer.alloc(600_000));
    };
    await submit('mixed', [
      { inline: (await picture()).toString('base64') },
      { inline: Buffer.from('{"no": "document"}').toString('base64'), name: 'data.json' },
      { url: `${webUrl}/gone` },
      { url: `${webUrl}/huge` },
    ]);
    const { documents } = await planOf('mixed');
    expect(documents.map(({ pages, failure }) => [pages, failure?.code, failure?.document])).toEqual([
      [1, undefined, undefined],
      [0, 'unsupported-format', 1],
      [0, 'document-fetch-failed', 2],
      [0, 'too-large', 3],
    ]);
    expect(await intake.events.find(job('mixed'), 'job-finished')).toBeUndefined();
  });

  it('plans an e-mail as its text, and each attachment as a document after those submitted', async () => {
    const inner = drawMail('Inside.', [
      { name: 'b.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
    ]);
    const mail = drawMail('Please pay.', [
      { name: '../a.png', mediaType: 'image/png', bytes: await picture() },
      { name: 'inner.eml', mediaType: 'message/rfc822', bytes: inner },
    ]);
    await submit('post', [
      { inline: mail.toString('base64'), name: 'order.eml', password: 'open sesame' },
      { inline: (await picture()).toString('base64') },
    ]);
    const planned = await planOf('post');
    expect(planned.documents.map(({ name, mediaType, pages, within }) => [name, mediaType, pages, within])).toEqual([
      ['order.eml', 'message/rfc822', 1, undefined],
      [undefined, 'image/png', 1, undefined],
      ['a.png', 'image/png', 1, 0],
      ['inner.eml', 'message/rfc822', 1, 0],
      ['b.pdf', 'application/octet-stream', 0, 3],
    ]);
    const work = await pagesOf('post', 4);
    expect(work.map(({ document, mediaType }) => [document, mediaType])).toEqual([
      [0, 'text/plain'],
      [1, 'image/png'],
      [2, 'image/png'],
      [3, 'text/plain'],
    ]);
    expect(work.map(({ password }) => password !== undefined)).toEqual([true, false, true, true]);
    expect(JSON.stringify([planned, work])).not.toContain('open sesame');
  });

  it('ends a job of which nothing can be read', async () => {
    await submit('hopeless', [{ inline: Buffer.from('{"no": "document"}').toString('base64') }]);
    const finished = await endOf('hopeless');
    expect(finished).toMatchObject({ status: 'failed', problems: [{ code: 'unsupported-format', document: 0 }] });
    expect(
      (await intake.messagesOf<ReadPageWork>('WAYBILL_PAGES')).filter((each) => each.jobId === 'hopeless'),
    ).toEqual([]);
  });

  it('tries an address again that is unavailable for a moment', async () => {
    const bytes = await picture(60);
    let asked = 0;
    answer = (_path, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(503, { 'retry-after': '0' }).end();
      else response.end(bytes);
    };
    await submit('second-try', [{ url: `${webUrl}/picture` }]);
    expect((await planOf('second-try')).documents[0]).toMatchObject({ pages: 1 });
    expect(asked).toBe(2);
  });

  it('ends the job of a dead letter', async () => {
    const letter: DeadLetter = {
      version: 1,
      tenant,
      jobId: job('given-up').jobId,
      stage: 'intake-plan',
      failure: { code: 'worker-died', message: 'Each of the 5 workers that tried died.', stage: 'intake-plan' },
      attempts: 5,
      at: new Date().toISOString(),
      original: {
        stream: 'WAYBILL_EVENTS',
        sequence: 1,
        subject: 'waybill.default.events.given-up.job.accepted',
        publishedAt: new Date().toISOString(),
        headers: {},
        payload: Buffer.from('{}').toString('base64'),
      },
    };
    await jetstream(intake.nats).publish(deadLetterSubject(tenant, 'intake-plan'), JSON.stringify(letter));
    expect(await endOf('given-up')).toMatchObject({ status: 'failed', problems: [{ code: 'worker-died' }] });
  });
});
