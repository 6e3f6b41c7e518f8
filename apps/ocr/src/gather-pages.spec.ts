import { describe, expect, it } from '@jest/globals';
import type { PageEnded, ReadPageWork } from '@waybill/contracts';
import { contextOf, MemoryRecords, workOf } from '../../../test/support/memory-records.js';
import { GatherPages } from './gather-pages.js';
import { pageFailed } from './page-ending.js';
import { readNothing } from './read-nothing.js';
import { ReadPage } from './read-page.js';

const failedPage = (work: ReadPageWork, page: number): PageEnded =>
  pageFailed({ ...work, page }, { code: 'unreadable-page', message: 'Torn.' }, { at: new Date(), attempts: 1 });

function scene(pages: number) {
  const records = new MemoryRecords();
  const gatherPages = new GatherPages(records.events, records.queue, records.clock);
  const readPage = new ReadPage(readNothing, records, gatherPages);
  const work = workOf({ pages });
  return {
    records,
    work,
    read: (page: number) => readPage.run({ ...work, page }, contextOf()),
    fail: async (page: number) => {
      const ending = failedPage(work, page);
      await records.events.append(ending);
      await gatherPages.gather(work, ending);
    },
  };
}

describe('GatherPages', () => {
  it('sends the job on with all endings, in page order, only when the last page has ended', async () => {
    const { records, read } = scene(3);
    await read(3);
    await read(1);
    expect(records.sent).toEqual([]);
    await read(2);
    expect(records.sent).toHaveLength(1);
    expect(records.sent[0]!.pages.map(({ page }) => page)).toEqual([1, 2, 3]);
  });

  it('sends a job on that has an unreadable page among read ones', async () => {
    const { records, read, fail } = scene(2);
    await read(1);
    await fail(2);
    expect(records.sent[0]!.pages.map(({ type }) => type)).toEqual(['page-read', 'page-failed']);
    expect(records.events.all.some(({ type }) => type === 'job-finished')).toBe(false);
  });

  it('ends a job as failed, with every reason, when no page could be read', async () => {
    const { records, work, fail } = scene(2);
    const plan = work.plan.documents;
    plan.push({
      document: 1,
      mediaType: 'text/plain',
      sizeBytes: 3,
      pages: 0,
      failure: { code: 'unsupported-format', message: 'Text.' },
    });
    await fail(1);
    await fail(2);
    expect(records.sent).toEqual([]);
    expect(await records.events.find(work, 'job-finished')).toMatchObject({
      status: 'failed',
      problems: [
        { code: 'unsupported-format', document: 1 },
        { code: 'unreadable-page', document: 0, page: 1 },
        { code: 'unreadable-page', document: 0, page: 2 },
      ],
    });
  });
});
