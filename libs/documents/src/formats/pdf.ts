import { StageError } from '@waybill/jobs';
import { decodePdfPage } from '../decode-pdf-page.js';
import { refuseManyPages } from '../document-limits.js';
import { PdfDocument } from '../pdf/pdf-document.js';
import type { PagedFormat } from './document-format.js';

/** Readers find the header anywhere in the first kilobyte; scanners and mail gateways put things before it. */
const headerWindow = 1_024;

export const pdf: PagedFormat = {
  kind: 'paged',
  name: 'PDF',
  mediaType: 'application/pdf',
  endings: ['pdf'],
  toldBy: 'signature',
  countedIn: 'thread',
  isIn: ({ signature, head }) =>
    signature === 'application/pdf' || (!signature && head.slice(0, headerWindow).includes('%PDF-')),
  async countPages(bytes, { limits, password }) {
    const document = await PdfDocument.open(bytes, { password, maxMemoryBytes: limits.maxPdfMemoryBytes });
    try {
      const { pages } = document;
      if (pages === 0) throw new StageError('unreadable-document', 'The PDF has no pages that can be opened.');
      refuseManyPages(pages, limits);
      // A tree of pages may promise what it does not hold; the first page tells.
      await document.withPage(1, () => undefined);
      return pages;
    } finally {
      document.close();
    }
  },
  async decodePage({ sha256, bytes, page, limits, password, opened, textLayerCheck }) {
    const opening = { password, maxMemoryBytes: limits.maxPdfMemoryBytes };
    return decodePdfPage(await opened.open(sha256, bytes, opening), page, { limits, textLayerCheck });
  },
};
