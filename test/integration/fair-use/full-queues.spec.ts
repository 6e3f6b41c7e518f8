import { jetstream } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPageSubject, streams, submitSubject, tenantSchema, type ReadPageWork } from '@waybill/contracts';
import { job, picture, pictures, startIntake, type TestIntake } from '../intake/start-intake.js';

const tenant = tenantSchema.parse('default');
const pages = streams.pages.name;

let intake: TestIntake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.stop());

const bound = (maxMessages: number): Promise<unknown> =>
  intake.manager.streams.update(pages, { max_msgs: maxMessages });
const fillPages = async (count: number): Promise<void> => {
  for (let page = 0; page < count; page += 1) {
    await jetstream(intake.nats).publish(readPageSubject(tenant, 'back'), '{}');
  }
};
const submissionOf = (id: string, bytes: Buffer) =>
  JSON.stringify({ id, documents: [{ inline: bytes.toString('base64') }], task: { kind: 'read' } });
const post = (body: string): Promise<Response> =>
  fetch(`${intake.url}/v1/jobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

describe('a queue of pages at its bound', () => {
  it('has submissions refused before anything of them is kept, and taken when there is room', async () => {
    await bound(10);
    await fillPages(9);
    const refused = await post(submissionOf('too-soon', await picture()));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ type: 'urn:waybill:problem:unavailable' });
    await jetstream(intake.nats).publish(submitSubject(tenant), submissionOf('by-nats', await picture()));
    expect((await intake.manager.streams.info(streams.events.name)).state.messages).toBe(0);
    expect((await intake.manager.streams.info(streams.submissions.name)).state.messages).toBe(1);
    await intake.manager.streams.purge(pages);
    // The submission that stayed in its stream is accepted without being sent again.
    expect((await intake.until(job('by-nats'), 'job-planned')).map(({ type }) => type)).toContain('job-accepted');
    expect((await post(submissionOf('too-soon', await picture()))).status).toBe(202);
    await intake.until(job('too-soon'), 'job-planned');
  });

  it('holds an accepted job’s further pages back until there is room, and loses none', async () => {
    await bound(-1);
    await intake.manager.streams.purge(pages);
    await bound(3);
    expect((await post(submissionOf('long', await pictures(7)))).status).toBe(202);
    const seen = new Set<number>();
    while (seen.size < 7) {
      const { state } = await intake.manager.streams.info(pages);
      expect(state.messages).toBeLessThanOrEqual(3);
      for (const work of await intake.messagesOf<ReadPageWork>(pages)) if (work.jobId === 'long') seen.add(work.page);
      if (state.messages === 3) await intake.manager.streams.purge(pages);
    }
    expect((await intake.manager.streams.info(streams.deadLetters.name)).state.messages).toBe(0);
    expect(await intake.events.find(job('long'), 'job-finished')).toBeUndefined();
  });
});
