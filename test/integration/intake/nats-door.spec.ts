import { jetstream } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { documentsBucket, submitSubject, tenantSchema, type DeadLetter, type ReadPageWork } from '@waybill/contracts';
import { jobIdOfMessage } from '@waybill/jobs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { job, picture, startIntake, type TestIntake } from './start-intake.js';

let intake: TestIntake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.stop());

const publish = (submission: unknown, tenant = 'default') =>
  jetstream(intake.nats).publish(submitSubject(tenantSchema.parse(tenant)), JSON.stringify(submission));

/** The dead letter of a submission, as soon as it is there. */
async function deadLetterOf(sequence: number): Promise<DeadLetter> {
  const consumer = await jetstream(intake.nats).consumers.get('WAYBILL_DEAD_LETTERS');
  for await (const message of await consumer.consume()) {
    const letter = message.json<DeadLetter>();
    if (letter.original.sequence === sequence) return letter;
  }
  throw new Error('The consumer ended.');
}

describe('the NATS door', () => {
  it('accepts a document inline and sends its page to be read', async () => {
    const bytes = await picture();
    const { seq } = await publish({
      tenant: 'default',
      documents: [{ inline: bytes.toString('base64'), name: 'a.png' }],
      task: { kind: 'read' },
    });
    const key = job(jobIdOfMessage('WAYBILL_SUBMISSIONS', seq));
    const [accepted, planned] = await intake.until(key, 'job-planned');
    expect(accepted).toMatchObject({ type: 'job-accepted', door: 'nats', submission: { id: key.jobId } });
    expect(planned).toMatchObject({
      documents: [{ document: 0, name: 'a.png', mediaType: 'image/png', pages: 1, sizeBytes: bytes.length }],
    });
    const work = await pageOf(key.jobId);
    expect(work).toMatchObject({ document: 0, page: 1, mediaType: 'image/png', plan: { task: { kind: 'read' } } });
    expect(work.source.sizeBytes).toBe(bytes.length);
  });

  it('accepts an object that the client has put into its bucket', async () => {
    const tenant = tenantSchema.parse('acme');
    const bytes = await picture(10);
    await (await new Objm(intake.nats).create(documentsBucket(tenant))).putBlob({ name: 'scan-1' }, bytes);
    await publish({ id: 'by-object', documents: [{ object: 'scan-1' }], task: { kind: 'read' } }, 'acme');
    const events = await intake.until(job('by-object', 'acme'), 'job-planned');
    expect(events[0]).toMatchObject({
      submission: {
        documents: [{ blob: { bucket: 'waybill-documents-acme', key: 'scan-1', sizeBytes: bytes.length } }],
      },
    });
  });

  it('takes the same submission twice as one job', async () => {
    const submission = {
      id: 'twice',
      documents: [{ inline: (await picture(20)).toString('base64') }],
      task: { kind: 'extract', schema: 'receipt' },
    };
    await publish(submission);
    await intake.until(job('twice'), 'job-planned');
    const { seq } = await publish({ ...submission, task: { schema: 'receipt', kind: 'extract' } });
    // Messages are settled in their own time; the next job's plan tells that this one was looked at.
    await publish({ ...submission, id: 'after-twice' });
    await intake.until(job('after-twice'), 'job-planned');
    expect(seq).toBeGreaterThan(0);
    const history = await intake.events.history(job('twice'));
    expect(history.map(({ event }) => event.type)).toEqual(['job-accepted', 'job-planned']);
  });

  it('refuses another submission under the same id, and leaves the job alone', async () => {
    const first = {
      id: 'taken',
      documents: [{ inline: (await picture(30)).toString('base64') }],
      task: { kind: 'read' },
    };
    await publish(first);
    await intake.until(job('taken'), 'job-planned');
    const { seq } = await publish({ ...first, tags: ['other'] });
    expect((await deadLetterOf(seq)).failure).toMatchObject({
      code: 'id-conflict',
      message: expect.stringContaining('taken'),
    });
    expect(await intake.events.find(job('taken'), 'job-finished')).toBeUndefined();
  });

  it.each([
    ['unknown-task', { documents: [{ inline: 'AAAA' }], task: { kind: 'translate' } }, 'read, extract'],
    ['invalid-submission', { documents: [], task: { kind: 'read' } }, '/documents'],
    ['invalid-submission', { documents: [{ url: 'ftp://x' }], task: { kind: 'read' } }, '/documents/0/url'],
    ['invalid-submission', { tenant: 'other', documents: [{ inline: 'AAAA' }], task: { kind: 'read' } }, 'default'],
    ['invalid-submission', { documents: [{ upload: 'file' }], task: { kind: 'read' } }, 'multipart'],
    ['document-not-found', { documents: [{ object: 'never-put' }], task: { kind: 'read' } }, 'never-put'],
    [
      'invalid-submission',
      { documents: [{ inline: 'AAAA' }], task: { kind: 'read' }, callback: { url: 'http://c.test' } },
      'WAYBILL_WEBHOOK_SECRET',
    ],
    [
      'too-large',
      { documents: [{ inline: 'AAAA' }], task: { kind: 'extract', schema: { description: 'x'.repeat(140_000) } } },
      'schema',
    ],
  ])('makes a refusal (%s) a failed job and a dead letter: %#', async (code, submission, hint) => {
    const id = `refused-${code}-${hint.replace(/[^a-z]/gi, '')}`;
    const { seq } = await publish({ ...submission, id });
    const events = await intake.until(job(id), 'job-finished');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ status: 'failed', problems: [{ code, message: expect.stringContaining(hint) }] });
    expect(await deadLetterOf(seq)).toMatchObject({ stage: 'intake-submit', failure: { code } });
  });

  it('refuses a corrected submission under an id that a refused one has used up', async () => {
    await publish({ id: 'used-up', documents: [], task: { kind: 'read' } });
    await intake.until(job('used-up'), 'job-finished');
    const { seq } = await publish({
      id: 'used-up',
      documents: [{ inline: (await picture()).toString('base64') }],
      task: { kind: 'read' },
    });
    expect((await deadLetterOf(seq)).failure.code).toBe('id-conflict');
    expect(await intake.events.find(job('used-up'), 'job-accepted')).toBeUndefined();
  });

  it('makes a dead letter of what is no submission at all', async () => {
    const { seq } = await publish(['not', 'a', 'submission']);
    expect(await deadLetterOf(seq)).toMatchObject({ failure: { code: 'invalid-submission' } });
  });
});

async function pageOf(jobId: string): Promise<ReadPageWork> {
  const consumer = await jetstream(intake.nats).consumers.get('WAYBILL_PAGES', 'ocr-read-page');
  for await (const message of await consumer.consume()) {
    const work = message.json<ReadPageWork>();
    message.ack();
    if (work.jobId === jobId) return work;
  }
  throw new Error('The consumer ended.');
}
