import { workerData } from 'node:worker_threads';
import type { DecodedPage, PageRaster } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import { serveTasks, type TaskResult } from '@waybill/thread-pool';
import sharp from 'sharp';
import { answerDocumentTask, type DocumentAnswer, type DocumentTask } from './answer-document-task.js';
import { OpenedPdfs } from './opened-pdfs.js';
import { isPdfiumMemoryShort, pdfiumMemoryBytes } from './pdf/pdfium.js';

// Pages are decoded side by side already: more threads for each cost a tenth of the time, and pictures come once.
sharp.concurrency(1);
sharp.cache(false);

const { openedBytes } = workerData as { openedBytes: number };
/** WebAssembly memory only grows; a thread that has taken this much beside its open documents is replaced. */
const retiringBytes = openedBytes + 192 * 1_048_576;
const opened = new OpenedPdfs(openedBytes);

const rastersOf = ({ look, raster, pictures = [] }: DecodedPage): PageRaster[] => [
  look,
  ...(raster ? [raster] : []),
  ...pictures.map((picture) => picture.raster),
];

serveTasks(async (task: DocumentTask): Promise<TaskResult<DocumentAnswer>> => {
  const result = await answerDocumentTask(task, opened).catch((error: unknown) => {
    throw isPdfiumMemoryShort() ? tooMuchMemory(task, error) : error;
  });
  return { result, transfer: buffersOf(result), retires: (await pdfiumMemoryBytes()) > retiringBytes };
}, isPdfiumMemoryShort);

/** What moves to the caller instead of being copied. */
function buffersOf(answer: DocumentAnswer): ArrayBuffer[] {
  if ('look' in answer) return rastersOf(answer).map(({ data }) => data.buffer as ArrayBuffer);
  return 'prepared' in answer ? [answer.prepared.buffer as ArrayBuffer] : [];
}

const tooMuchMemory = ({ limits }: DocumentTask, cause: unknown): StageError =>
  new StageError(
    'too-large',
    `The PDF needs more than ${limits.maxPdfMemoryBytes} bytes of memory to be read, the limit. ` +
      `Print it anew as PDF, or raise WAYBILL_MAX_PDF_MEMORY_BYTES.`,
    { cause },
  );
