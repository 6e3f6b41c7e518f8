import { readFile, stat } from 'node:fs/promises';
import { StageError } from '@waybill/jobs';
import { ThreadPool, threadScript } from '@waybill/thread-pool';
import type { DocumentTask } from './answer-document-task.js';
import { refuseManyBytes, refuseManyPages, type DocumentLimits } from './document-limits.js';
import { inspectImage } from './inspect-image.js';
import { sharedCopyOf } from './shared-copy-of.js';
import { sniffMediaType, type DocumentMediaType } from './sniff-media-type.js';

/** What a document is, from its bytes. */
export interface DocumentFacts {
  readonly mediaType: DocumentMediaType;
  readonly pages: number;
  readonly sizeBytes: number;
}

const inspectionTimeoutMs = 60_000;
let inspector: ThreadPool | undefined;

/**
 * Looks at a document (its bytes, or the path of a file): type from the bytes, page count and sizes from headers, before
 * anything is decoded. PDFs are opened in a thread of their own, which does not keep the process alive.
 * @throws StageError `unsupported-format`, `too-large`, `too-many-pages`, `unreadable-document`; `timeout` and
 *   `worker-died` are retryable
 */
export async function inspectDocument(
  source: Uint8Array | string,
  limits: DocumentLimits,
  signal?: AbortSignal,
): Promise<DocumentFacts> {
  if (typeof source === 'string') refuseManyBytes((await stat(source)).size, limits);
  const bytes = typeof source === 'string' ? await readFile(source) : source;
  refuseManyBytes(bytes.length, limits);
  const mediaType = await sniffMediaType(bytes);
  const pages =
    mediaType === 'application/pdf' ? await countPdfPages(bytes, signal) : await inspectImage(bytes, mediaType, limits);
  refuseManyPages(pages, limits);
  if (pages < 1) throw new StageError('unreadable-document', 'The document has no pages.');
  return { mediaType, pages, sizeBytes: bytes.length };
}

async function countPdfPages(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<number> {
  inspector ??= new ThreadPool({
    doing: 'opening the PDF',
    script: threadScript('documents.worker', import.meta.url),
    size: 1,
    data: { openedBytes: 0 },
    holdsProcess: 'free',
  });
  const task: DocumentTask = { kind: 'count-pdf-pages', bytes: sharedCopyOf(bytes) };
  const { pages } = await inspector.run<{ pages: number }>(task, { signal, timeoutMs: inspectionTimeoutMs });
  return pages;
}
