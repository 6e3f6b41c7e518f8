import { describe, expect, it } from '@jest/globals';
import type { JetstreamContext } from '@waybill/jetstream';
import { contextOf, MemoryRecords, workOf } from '../../../test/support/memory-records.js';
import { GatherPages } from './gather-pages.js';
import { PageTurns } from './page-turns.js';
import { readNothing } from './read-nothing.js';
import { ReadPageHandler } from './read-page.handler.js';
import { ReadPage } from './read-page.js';

const soon = new Date(Date.now() + 3_600_000).toISOString();
const before = new Date(Date.now() - 3_600_000).toISOString();

describe('a page that counts for a later day', () => {
  it('waits for it without an attempt and without a turn, and is read then', async () => {
    const records = new MemoryRecords();
    const pages = new GatherPages(records.events, records.queue, records.clock);
    const handler = new ReadPageHandler(new ReadPage(readNothing, records, pages), new PageTurns(1));
    const context = contextOf() as unknown as JetstreamContext;
    const waiting = await handler.handleFront({ ...workOf(), notBefore: soon }, context);
    expect(waiting).toMatchObject({ kind: 'deferred', until: new Date(soon) });
    expect(await records.events.pageEndings(workOf())).toEqual([]);
    expect(await handler.handleFront({ ...workOf(), notBefore: before }, context)).toEqual({ kind: 'completed' });
    expect(await records.events.pageEndings(workOf())).toHaveLength(1);
  });
});
