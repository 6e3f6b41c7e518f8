import type { DecodedDocument, DecodedPage, PageDecoder } from '@waybill/document-layout';
import { ThreadPool, threadScript } from '@waybill/thread-pool';
import { decoderHeapMb } from './decoder-heap.js';
import type { DocumentTask } from './answer-document-task.js';
import type { DocumentLimits } from './document-limits.js';
import { HeldBytes } from './held-bytes.js';

export interface DocumentReaderOptions {
  /** Pages decoded at once at most. */
  readonly threads: number;
  readonly limits: DocumentLimits;
  readonly pageTimeoutMs: number;
  /** `drawn` when not given: a PDF's text is compared with what it draws. `read`: its picture is to be read, too. */
  readonly textLayerCheck?: 'drawn' | 'read';
}

/** Documents held in memory, and kept open in a thread, at most: those whose pages are being read now. */
const heldBytes = 256 * 1_048_576;
const openedBytes = 256 * 1_048_576;

/** Decodes pages in worker threads: no decoder holds up the event loop, and one that dies costs a single attempt. */
export class DocumentReader implements PageDecoder {
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
      heapMb: decoderHeapMb,
    });
  }

  hold({ sha256 }: { readonly sha256: string }, fetch: () => Promise<Uint8Array>): Promise<Uint8Array> {
    return this.#held.get(sha256, fetch);
  }

  decodePage(document: DecodedDocument, page: number, signal: AbortSignal): Promise<DecodedPage> {
    const { limits, pageTimeoutMs, textLayerCheck = 'drawn' } = this.#options;
    const task: DocumentTask = { kind: 'decode-page', ...document, page, limits, textLayerCheck };
    return this.#threads.run<DecodedPage>(task, { signal, timeoutMs: pageTimeoutMs, affinity: document.sha256 });
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
