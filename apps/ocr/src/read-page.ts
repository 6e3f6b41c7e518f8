import { consumers, type BlobReference, type PageEnded, type PageRead, type ReadPageWork } from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import {
  completed,
  deferred,
  failedRetryable,
  outcomeOfError,
  StageError,
  tellWait,
  type Clock,
  type DocumentStore,
  type EventLog,
  type MessageContext,
  type Outcome,
} from '@waybill/jobs';
import { judgePage } from '@waybill/page-reading';
import type { GatherPages } from './gather-pages.js';
import { pageFailed, summaryOf } from './page-ending.js';
import type { PageReader, PageRead as ReadResult } from './page-reader.js';

/** What a page's work is written to. */
export interface PageRecords {
  readonly events: EventLog;
  readonly store: DocumentStore;
  readonly clock: Clock;
}

/**
 * Reads one page into a stored layout, ends the page, and sends the job on when it was the last one. A repeat finds the
 * ending of the first run and only goes on from there.
 */
export class ReadPage {
  constructor(
    private readonly reader: PageReader,
    private readonly records: PageRecords,
    private readonly pages: GatherPages,
  ) {}

  async run(work: ReadPageWork, context: MessageContext): Promise<Outcome> {
    try {
      const found = context.redelivered ? await this.findEnding(work) : undefined;
      await this.pages.gather(work, found ?? (await this.endPage(work, context)));
      return completed();
    } catch (error) {
      const outcome = (await this.waitInstead(work, error)) ?? outcomeOfError(error);
      if (outcome) return outcome;
      if (context.signal.aborted) return failedRetryable({ code: 'unavailable', message: sentenceOf(error) });
      throw error;
    }
  }

  /** Whoever says when to come again is waited for, until the job's deadline: that is no attempt, and shows in the job. */
  private async waitInstead(work: ReadPageWork, error: unknown): Promise<Outcome | undefined> {
    if (!(error instanceof StageError) || !error.retryable || error.retryAfterMs === undefined) return undefined;
    const { tenant, jobId } = work;
    const now = this.records.clock.now();
    const until = new Date(now.getTime() + error.retryAfterMs);
    await tellWait(this.records.events, {
      ...{ tenant, jobId, at: now.toISOString() },
      ...{ stage: consumers.readPage.name, reason: error.message, until: until.toISOString() },
    });
    return deferred(until, error.message);
  }

  private async endPage(work: ReadPageWork, context: MessageContext): Promise<PageEnded> {
    const ending = await this.read(work, context);
    if ((await this.records.events.append(ending)) === 'appended') return ending;
    // Another run of the same work was faster; the page has ended its way.
    return (await this.findEnding(work)) ?? ending;
  }

  private async read(work: ReadPageWork, context: MessageContext): Promise<PageEnded> {
    const { clock } = this.records;
    const queued = Math.max(0, clock.now().getTime() - context.publishedAt.getTime());
    try {
      const read = await this.reader.read(work, () => context.signal);
      return await this.store(work, read, { queued, attempts: context.attempt });
    } catch (error) {
      if (!(error instanceof StageError) || error.retryable) throw error;
      return pageFailed(work, error.failure, { at: clock.now(), attempts: context.attempt });
    }
  }

  private async store(
    work: ReadPageWork,
    { reading, look, image, times, use, hop }: ReadResult,
    { queued, attempts }: { queued: number; attempts: number },
  ): Promise<PageRead> {
    const { tenant, jobId, document, page } = work;
    const started = performance.now();
    const layout = layOutPage(reading);
    const laidOut = performance.now();
    const judged = judgePage(layout, look);
    const classified = performance.now();
    const place = `${jobId}/${document}-${page}`;
    const [layoutReference, imageReference] = await Promise.all([
      this.records.store.put(tenant, `layouts/${place}.json`, Buffer.from(JSON.stringify(layout)), {
        mediaType: 'application/json',
      }),
      this.storeImage(work, image, `pages/${place}.jpg`),
    ]);
    return {
      version: 1,
      type: 'page-read',
      tenant,
      jobId,
      at: this.records.clock.now().toISOString(),
      document,
      page,
      layout: layoutReference,
      ...(imageReference ? { image: imageReference } : {}),
      summary: { ...summaryOf(layout), ...judged },
      attempts: Math.max(1, attempts),
      times: {
        queued,
        ...times,
        layout: laidOut - started,
        classify: classified - laidOut,
        store: performance.now() - classified,
      },
      ...(use ? { use } : {}),
      ...(hop ? { hop } : {}),
    };
  }

  private async storeImage(
    { tenant }: ReadPageWork,
    image: ReadResult['image'],
    key: string,
  ): Promise<BlobReference | undefined> {
    if (!image) return undefined;
    if ('stored' in image) return image.stored;
    return this.records.store.put(tenant, key, image.bytes, { mediaType: image.mediaType });
  }

  private findEnding(work: ReadPageWork): Promise<PageEnded | undefined> {
    return this.records.events.findPageEnding(work, work.document, work.page);
  }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
