import { describe, expect, it } from '@jest/globals';
import { jobEventSchema } from '@waybill/contracts';
import type { RecordedEvent } from '@waybill/jobs';
import { serverSentEvents } from './server-sent-events.js';

const event = (sequence: number): RecordedEvent => ({
  sequence,
  event: jobEventSchema.parse({
    version: 1,
    tenant: 'acme',
    jobId: 'job',
    at: '2026-03-01T10:00:00.000Z',
    type: 'job-cancel-requested',
  }),
});

const data = 'data: {"at":"2026-03-01T10:00:00.000Z","type":"job-cancel-requested"}';

/** A promise that the test settles. */
function arriving() {
  let resolve: (arrived: RecordedEvent) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<RecordedEvent>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}

describe('serverSentEvents', () => {
  it('begins with a comment and writes each event with its sequence as id', async () => {
    async function* events() {
      yield event(7);
      yield event(9);
    }
    const written: string[] = [];
    for await (const block of serverSentEvents(events())) written.push(block);
    expect(written).toEqual([
      ': following\n\n',
      `id: 7\nevent: job-cancel-requested\n${data}\n\n`,
      `id: 9\nevent: job-cancel-requested\n${data}\n\n`,
    ]);
  });

  it('sends comments while nothing happens, and loses no event for it', async () => {
    const arrival = arriving();
    async function* events() {
      yield await arrival.promise;
    }
    const written = serverSentEvents(events(), 1);
    await written.next();
    expect((await written.next()).value).toBe(': still here\n\n');
    expect((await written.next()).value).toBe(': still here\n\n');
    arrival.resolve(event(3));
    const blocks: string[] = [];
    for await (const block of written) if (!block.startsWith(':')) blocks.push(block);
    expect(blocks).toEqual([`id: 3\nevent: job-cancel-requested\n${data}\n\n`]);
  });

  it('lets go of the events when its reader leaves, also when they fail afterwards', async () => {
    const arrival = arriving();
    async function* events() {
      yield await arrival.promise;
    }
    const written = serverSentEvents(events(), 1);
    await written.next();
    await written.next();
    await written.return(undefined);
    arrival.reject(new Error('The subscription broke.'));
    expect((await written.next()).done).toBe(true);
  });
});
