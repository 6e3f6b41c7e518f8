import { describe, expect, it } from '@jest/globals';
import { deadLetterSchema, type DeadLetter, type ReadPageWork } from '@waybill/contracts';
import { contextOf, MemoryRecords, workOf } from '../../../test/support/memory-records.js';
import { EndUnreadPage } from './end-unread-page.js';
import { GatherPages } from './gather-pages.js';
import { readNothing } from './read-nothing.js';
import { ReadPage } from './read-page.js';

const letterOf = (payload: unknown): DeadLetter =>
  deadLetterSchema.parse({
    version: 1,
    tenant: 'acme',
    jobId: 'job_1',
    stage: 'ocr-read-page',
    failure: { code: 'worker-died', message: 'Each of the 3 workers that tried died.' },
    attempts: 3,
    at: '2026-01-01T00:00:00.000Z',
    original: {
      stream: 'WAYBILL_PAGES',
      sequence: 7,
      subject: 'waybill.acme.ocr.front.read-page',
      publishedAt: '2026-01-01T00:00:00.000Z',
      headers: {},
      payload: Buffer.from(JSON.stringify(payload)).toString('base64'),
    },
  });

function scene(work: ReadPageWork) {
  const records = new MemoryRecords();
  const pages = new GatherPages(records.events, records.queue, records.clock);
  return { records, pages, endUnreadPage: new EndUnreadPage(records.events, pages, records.clock), work };
}

describe('EndUnreadPage', () => {
  it('ends the page with the letter’s reason, and the job goes on without it', async () => {
    const { records, endUnreadPage, pages, work } = scene(workOf({ pages: 2 }));
    await new ReadPage(readNothing, records, pages).run({ ...work, page: 2 }, contextOf());
    expect(await endUnreadPage.run(letterOf(work))).toEqual({ kind: 'completed' });

    expect(records.sent[0]!.pages).toMatchObject([
      { type: 'page-failed', page: 1, attempts: 3, failure: { code: 'worker-died', page: 1 } },
      { type: 'page-read', page: 2 },
    ]);
  });

  it('leaves a page that was read after all as it is, and still sends its job on', async () => {
    const { records, endUnreadPage, work } = scene(workOf());
    const silent = { ...records.queue, answerJob: async () => undefined };
    const unsent = new GatherPages(records.events, silent, records.clock);
    await new ReadPage(readNothing, records, unsent).run(work, contextOf());
    await endUnreadPage.run(letterOf(work));

    expect(records.sent).toMatchObject([{ pages: [{ type: 'page-read' }] }]);
  });

  it('completes a letter that names no page', async () => {
    const { records, endUnreadPage } = scene(workOf());
    expect(await endUnreadPage.run(letterOf({ nonsense: true }))).toEqual({ kind: 'completed' });
    expect(records.events.all).toEqual([]);
  });
});
