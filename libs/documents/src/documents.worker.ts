import { workerData } from 'node:worker_threads';
import type { DecodedPage, PageRaster } from '@waybill/document-layout';
import { serveTasks, type TaskResult } from '@waybill/thread-pool';
import { answerDocumentTask, type DocumentAnswer, type DocumentTask } from './answer-document-task.js';
import { OpenedPdfs } from './opened-pdfs.js';
import { pdfiumMemoryBytes } from './pdf/pdfium.js';

/** WebAssembly memory only grows; a thread that has taken this much is replaced. */
const retiringBytes = 768 * 1_048_576;

const { openedBytes } = workerData as { openedBytes: number };
const opened = new OpenedPdfs(openedBytes);

const rastersOf = ({ look, raster, pictures = [] }: DecodedPage): PageRaster[] => [
  look,
  ...(raster ? [raster] : []),
  ...pictures.map((picture) => picture.raster),
];

serveTasks(async (task: DocumentTask): Promise<TaskResult<DocumentAnswer>> => {
  const result = await answerDocumentTask(task, opened);
  const buffers = 'look' in result ? rastersOf(result).map(({ data }) => data.buffer as ArrayBuffer) : [];
  return { result, transfer: buffers, retires: (await pdfiumMemoryBytes()) > retiringBytes };
});
