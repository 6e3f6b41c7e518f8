import { describe, expect, it } from '@jest/globals';
import { pageLayoutSchema, pageReadSchema } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { contextOf, MemoryRecords, workOf } from '../../../test/support/memory-records.js';
import { GatherPages } from './gather-pages.js';
import type { PageReader } from './page-reader.js';
import { readNothing } from './read-nothing.js';
import { ReadPage } from './read-page.js';

const pagesOf = ({ events, queue, clock }: MemoryRecords): GatherPages => new GatherPages(events, queue, clock);
const failing = (error: Error): PageReader => ({ read: () => Promise.reject(error) });

const readOnce = (): PageReader & { reads: number } => ({
  reads: 0,
  read(work, signal) {
    this.reads += 1;
    return readNothing.read(work, signal);
  },
});

describe('ReadPage', () => {
  it('stores the layout under a key of its page, ends the page and sends a job of one page on', async () => {
    const records = new MemoryRecords();
    const outcome = await new ReadPage(readNothing, records, pagesOf(records)).run(workOf(), contextOf());

    expect(outcome).toEqual({ kind: 'completed' });
    const [ending] = await records.events.pageEndings(workOf());
    const read = pageReadSchema.parse(ending);
    expect(read.layout.key).toBe('layouts/job_1/0-1.json');
    expect(Object.keys(read.times)).toEqual(expect.arrayContaining(['queued', 'layout', 'store']));
    const layout: unknown = JSON.parse(Buffer.from(await records.store.read(read.layout)).toString('utf8'));
    expect(pageLayoutSchema.parse(layout)).toMatchObject({ document: 0, page: 1, source: 'none' });
    expect(records.sent).toEqual([expect.objectContaining({ pages: [ending] })]);
  });

  it('stores a new picture of the page, and refers to one that is stored already', async () => {
    const records = new MemoryRecords();
    const work = workOf({ pages: 2 });
    const drawn: PageReader = {
      read: async (page, signal) => ({
        ...(await readNothing.read(page, signal)),
        image: page.page === 1 ? { bytes: new Uint8Array([1, 2]), mediaType: 'image/jpeg' } : { stored: page.source },
      }),
    };
    const readPage = new ReadPage(drawn, records, pagesOf(records));
    await readPage.run(work, contextOf());
    await readPage.run({ ...work, page: 2 }, contextOf());

    const endings = await records.events.pageEndings(work);
    expect(endings).toMatchObject([{ image: { key: 'pages/job_1/0-1.jpg' } }, { image: work.source }]);
  });

  it('finds the ending of its first run when it is delivered again, and only goes on', async () => {
    const records = new MemoryRecords();
    const reader = readOnce();
    const readPage = new ReadPage(reader, records, pagesOf(records));
    await readPage.run(workOf(), contextOf());
    await readPage.run(workOf(), contextOf({ attempt: 2, redelivered: true }));

    expect(reader.reads).toBe(1);
    expect(records.sent).toHaveLength(2);
    expect(records.sent[1]).toEqual(records.sent[0]);
  });

  it('goes on with the ending that was there first when two runs race', async () => {
    const records = new MemoryRecords();
    const first = new ReadPage(failing(new StageError('unreadable-page', 'Torn.')), records, pagesOf(records));
    await first.run(workOf({ pages: 2 }), contextOf());
    await new ReadPage(readNothing, records, pagesOf(records)).run(workOf({ pages: 2 }), contextOf());

    expect(await records.events.pageEndings(workOf())).toMatchObject([{ type: 'page-failed' }]);
  });

  it('ends a page that nobody can read, naming stage, document and page, without a dead letter', async () => {
    const records = new MemoryRecords();
    const readPage = new ReadPage(failing(new StageError('unreadable-page', 'Torn.')), records, pagesOf(records));

    expect(await readPage.run(workOf({ pages: 2 }), contextOf())).toEqual({ kind: 'completed' });
    expect(await records.events.pageEndings(workOf())).toMatchObject([
      { type: 'page-failed', failure: { code: 'unreadable-page', stage: 'ocr-read-page', document: 0, page: 1 } },
    ]);
  });

  it('asks for another attempt when the reader says that one may help, and leaves the page open', async () => {
    const records = new MemoryRecords();
    const error = new StageError('timeout', 'Too slow.', { retryable: true });
    const outcome = await new ReadPage(failing(error), records, pagesOf(records)).run(workOf(), contextOf());

    expect(outcome).toMatchObject({ kind: 'failed-retryable', failure: { code: 'timeout' } });
    expect(await records.events.pageEndings(workOf())).toEqual([]);
  });

  it('waits as long as it is told to, which is no attempt, and says so in the job', async () => {
    const records = new MemoryRecords();
    const error = new StageError('unavailable', 'Too many requests.', { retryable: true, retryAfterMs: 7_000 });
    const { events, store } = records;
    const clock = { now: () => new Date('2026-11-21T10:00:00.000Z') };
    const readPage = new ReadPage(failing(error), { events, store, clock }, pagesOf(records));
    const outcome = await readPage.run(workOf(), contextOf());

    const until = new Date('2026-11-21T10:00:07.000Z');
    expect(outcome).toEqual({ kind: 'deferred', until, reason: 'Too many requests.' });
    expect(await records.events.history()).toMatchObject([
      {
        event: {
          type: 'job-waiting',
          stage: 'ocr-read-page',
          reason: 'Too many requests.',
          until: until.toISOString(),
        },
      },
    ]);
  });

  it('waits unseen when what is away is also what would be told of it', async () => {
    const records = new MemoryRecords();
    const away = new StageError('unavailable', 'No leader.', { retryable: true, retryAfterMs: 2_000 });
    const { store, clock } = records;
    const events = Object.assign(Object.create(records.events) as typeof records.events, {
      append: () => Promise.reject(away),
    });
    const outcome = await new ReadPage(failing(away), { events, store, clock }, pagesOf(records)).run(
      workOf(),
      contextOf(),
    );

    expect(outcome).toMatchObject({ kind: 'deferred', reason: 'No leader.' });
  });

  it('keeps with the page what reading it cost', async () => {
    const records = new MemoryRecords();
    const use = { model: 'somebody/fast', tier: 1, costUsd: 0.01, durationMs: 5 };
    const paid: PageReader = { read: async (work, signal) => ({ ...(await readNothing.read(work, signal)), use }) };
    await new ReadPage(paid, records, pagesOf(records)).run(workOf(), contextOf());

    expect(await records.events.pageEndings(workOf())).toMatchObject([{ use }]);
  });

  it('stops when it is aborted, without ending the page', async () => {
    const records = new MemoryRecords();
    const controller = new AbortController();
    const reader: PageReader = {
      read: (_work, signal) =>
        new Promise((_resolve, reject) => {
          signal().addEventListener('abort', () => reject(new Error('The service is stopping.')));
          controller.abort();
        }),
    };
    const outcome = await new ReadPage(reader, records, pagesOf(records)).run(
      workOf(),
      contextOf({ signal: controller.signal }),
    );

    expect(outcome).toMatchObject({ kind: 'failed-retryable', failure: { message: 'The service is stopping.' } });
    expect(await records.events.pageEndings(workOf())).toEqual([]);
  });

  it('lets a bug be seen as one', async () => {
    const records = new MemoryRecords();
    const run = new ReadPage(failing(new TypeError('x is not a function')), records, pagesOf(records)).run(
      workOf(),
      contextOf(),
    );
    await expect(run).rejects.toThrow(TypeError);
  });
});
