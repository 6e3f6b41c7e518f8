import type { BlobReference } from '@waybill/contracts';
import { ThreadPool, threadScript } from '@waybill/thread-pool';
import type { DocumentTask } from './answer-document-task.js';
import type { DecodedPage } from './decoded-page.js';
import type { DocumentLimits } from './document-limits.js';
import { HeldBytes } from './held-bytes.js';

export interface DocumentReaderOptions {
  /** Pages decoded at once at most. */
  readonly threads: number;
  readonly limits: DocumentLimits;
  readonly pageTimeoutMs: number;
}

/** Documents held in memory, and kept open in a thread, at most: those whose pages are being read now. */
const heldBytes = 256 * 1_048_576;
const openedBytes = 256 * 1_048_576;

/** Decodes pages in worker threads: no decoder holds up the event loop, and one that dies costs a single attempt. */
export class DocumentReader {
  readonly #options: DocumentReaderOptions;
  readonly #threads: ThreadPool;
  readonly #held: HeldBytes;

  constructor(options: DocumentReaderOptions) {
    this.#options = options;
    this.#held = new HeldBytes(heldBytes);
    this.#threads = new ThreadPool({
      doing: 'decoding the page',
      script: threadScript('documents.worker', import.meta.url),
      size: options.threads,
      data: { openedBytes },
    });
  }

  /** Fetches the document's bytes with `fetch` unless they are held already from another of its pages. */
  hold(source: BlobReference, fetch: () => Promise<Uint8Array>): Promise<Uint8Array> {
    return this.#held.get(source.sha256, fetch);
  }

  /**
   * Decodes one page, counted from 1, of a document whose type `inspectDocument` found.
   * @throws StageError `unreadable-document`, `unreadable-page`, `too-large`; `timeout` and
   *   `worker-died` are retryable; or the signal's reason
   */
  decodePage(
    document: { readonly sha256: string; readonly mediaType: string; readonly bytes: Uint8Array },
    page: number,
    signal: AbortSignal,
  ): Promise<DecodedPage> {
    const { limits, pageTimeoutMs } = this.#options;
    const task: DocumentTask = { kind: 'decode-page', ...document, page, limits };
    return this.#threads.run<DecodedPage>(task, { signal, timeoutMs: pageTimeoutMs, affinity: document.sha256 });
  }

  /** Ends the threads. May be called twice. */
  close(): Promise<void> {
    return this.#threads.close();
  }
}
