import type { DecodedPage } from '@waybill/document-layout';
import { formatOf } from './detect-format.js';
import type {
  ConvertedFormat,
  EnclosingFormat,
  OpenedWith,
  PagedFormat,
  UnpackedDocument,
} from './formats/document-format.js';
import { finishPage } from './finish-page.js';
import type { OpenedPdfs } from './opened-pdfs.js';

interface DocumentAsked extends OpenedWith {
  /** In shared memory, so that no page copies its document. */
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What a decoding thread is asked. */
export type DocumentTask =
  | ({ readonly kind: 'count-pages' | 'prepare' | 'unpack' } & DocumentAsked)
  | ({
      readonly kind: 'decode-page';
      readonly sha256: string;
      readonly page: number;
      readonly textLayerCheck: 'drawn' | 'read';
    } & DocumentAsked);
export type DocumentAnswer =
  { readonly pages: number } | { readonly prepared: Uint8Array } | UnpackedDocument | DecodedPage;

/** Does one task with the decoders of this thread. */
export async function answerDocumentTask(task: DocumentTask, opened: OpenedPdfs): Promise<DocumentAnswer> {
  const format = formatOf(task.mediaType);
  const { bytes } = task;
  switch (task.kind) {
    case 'count-pages':
      return { pages: await (format as PagedFormat).countPages(bytes, task) };
    case 'prepare':
      return { prepared: Uint8Array.from((format as ConvertedFormat).prepare(bytes, task)) };
    case 'unpack':
      return (format as EnclosingFormat).unpack(bytes, task);
    case 'decode-page':
      return finishPage(await (format as PagedFormat).decodePage({ ...task, opened }));
  }
}
