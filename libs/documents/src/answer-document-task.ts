import type { DecodedPage } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import { decodeImagePage } from './decode-image-page.js';
import { decodePdfPage } from './decode-pdf-page.js';
import type { DocumentLimits } from './document-limits.js';
import { finishPage } from './finish-page.js';
import type { OpenedPdfs } from './opened-pdfs.js';
import { PdfDocument } from './pdf/pdf-document.js';

/** What a decoding thread is asked. Bytes are in shared memory, so that no page copies its document. */
export type DocumentTask =
  | { readonly kind: 'count-pdf-pages'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'decode-page';
      readonly sha256: string;
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly page: number;
      readonly limits: DocumentLimits;
      readonly textLayerCheck: 'drawn' | 'read';
    };
export type DocumentAnswer = { readonly pages: number } | DecodedPage;

/** Does one task with the decoders of this thread. */
export async function answerDocumentTask(task: DocumentTask, opened: OpenedPdfs): Promise<DocumentAnswer> {
  if (task.kind === 'count-pdf-pages') {
    const document = await PdfDocument.open(task.bytes);
    const { pages } = document;
    if (pages === 0) {
      document.close();
      throw new StageError('unreadable-document', 'The PDF has no pages that can be opened.');
    }
    try {
      // A tree of pages may promise what it does not hold; the first page tells.
      await document.withPage(1, () => undefined);
    } finally {
      document.close();
    }
    return { pages };
  }
  const { sha256, bytes, mediaType, page, limits, textLayerCheck } = task;
  const decoded =
    mediaType === 'application/pdf'
      ? await decodePdfPage(await opened.open(sha256, bytes), page, { limits, textLayerCheck })
      : // Decoders written in C do not take shared memory.
        await decodeImagePage(Uint8Array.from(bytes), mediaType, page, limits);
  return finishPage(decoded);
}
