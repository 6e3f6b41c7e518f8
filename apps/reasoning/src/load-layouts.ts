import { consumers, type Failure, type PageLayout, type PageRead } from '@waybill/contracts';
import { StageError, type DocumentStore } from '@waybill/jobs';

/** Layouts fetched at once at most. */
const concurrency = 16;

/**
 * Fetches the layouts of pages that have words, in page order; a page without words has nothing to say. A layout that
 * is gone for good becomes a problem of its page.
 */
export async function loadLayouts(
  store: DocumentStore,
  pages: readonly PageRead[],
  signal: AbortSignal,
): Promise<{ pages: PageLayout[]; problems: Failure[] }> {
  const worded = pages.filter(({ summary }) => summary.words > 0);
  const loaded = new Array<PageLayout | undefined>(worded.length);
  const problems: Failure[] = [];
  let next = 0;
  const fetchInTurn = async (): Promise<void> => {
    for (let at = next++; at < worded.length; at = next++) {
      signal.throwIfAborted();
      const page = worded[at];
      if (!page) return;
      try {
        loaded[at] = await loadPage(store, page);
      } catch (error) {
        if (!(error instanceof StageError) || error.retryable) throw error;
        problems.push({ ...error.failure, stage: consumers.answerJob.name, page: page.page });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, worded.length) }, fetchInTurn));
  return { pages: loaded.filter((page) => page !== undefined), problems };
}

/** The layout was written by the ocr service and its digest is checked by the store, so its shape is trusted. */
async function loadPage(store: DocumentStore, { layout }: PageRead): Promise<PageLayout> {
  const bytes = await store.read(layout);
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as PageLayout;
}
