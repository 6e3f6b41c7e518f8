import { workerData } from 'node:worker_threads';
import { serveTasks, type TaskResult } from '@waybill/thread-pool';
import { answerDocumentTask, type DocumentAnswer, type DocumentTask } from './answer-document-task.js';
import { OpenedPdfs } from './opened-pdfs.js';
import { pdfiumMemoryBytes } from './pdf/pdfium.js';

/** WebAssembly memory only grows; a thread that has taken this much is replaced. */
const retiringBytes = 768 * 1_048_576;

const { openedBytes } = workerData as { openedBytes: number };
const opened = new OpenedPdfs(openedBytes);

serveTasks(async (task: DocumentTask): Promise<TaskResult<DocumentAnswer>> => {
  const result = await answerDocumentTask(task, opened);
  const rasters = 'look' in result ? [result.look, ...(result.raster ? [result.raster] : [])] : [];
  const buffers = rasters.map(({ data }) => data.buffer as ArrayBuffer);
  return { result, transfer: buffers, retires: (await pdfiumMemoryBytes()) > retiringBytes };
});
