import { StageError } from '@waybill/jobs';
import { limitPdfiumMemory, loadPdfium, withMemory, type Pdfium } from './pdfium.js';
import { PdfPage } from './pdf-page.js';

/** `FPDF_GetLastError` after a failed load, from fpdfview.h. */
const passwordError = 4;
const securityError = 5;

export interface PdfOpening {
  readonly password?: string | undefined;
  /** Memory that PDFium may take in this thread, for this and all its other documents. */
  readonly maxMemoryBytes?: number;
}

/** An opened PDF. Its bytes stay in PDFium's memory until `close`. */
export class PdfDocument {
  readonly #pdfium: Pdfium;
  readonly #document: number;
  readonly #bytes: number;
  readonly pages: number;

  private constructor(pdfium: Pdfium, document: number, bytes: number) {
    this.#pdfium = pdfium;
    this.#document = document;
    this.#bytes = bytes;
    this.pages = pdfium._FPDF_GetPageCount(document);
  }

  /** @throws StageError `unreadable-document` */
  static async open(bytes: Uint8Array, { password, maxMemoryBytes }: PdfOpening = {}): Promise<PdfDocument> {
    const pdfium = await loadPdfium();
    if (maxMemoryBytes !== undefined) limitPdfiumMemory(pdfium, maxMemoryBytes);
    const copy = pdfium.wasmExports.malloc(bytes.length);
    if (copy === 0) throw unreadable('The PDF does not fit into memory; split it.');
    pdfium.HEAPU8.set(bytes, copy);
    // PDFium tries the password as UTF-8 and, for older encryptions, as Latin-1.
    const secret = Buffer.from(`${password ?? ''}\0`);
    const document = withMemory(pdfium, secret.length, (pointer) => {
      pdfium.HEAPU8.set(secret, pointer);
      return pdfium._FPDF_LoadMemDocument(copy, bytes.length, password === undefined ? 0 : pointer);
    });
    if (document !== 0) return new PdfDocument(pdfium, document, copy);
    const code = pdfium._FPDF_GetLastError();
    pdfium.wasmExports.free(copy);
    if (code === passwordError) {
      throw unreadable(
        password === undefined
          ? 'The PDF is protected by a password; submit it with "password", or send it without one.'
          : 'The password does not open the PDF; submit it again with the right one.',
      );
    }
    if (code === securityError) throw unreadable('The PDF is encrypted in an unknown way; send it unencrypted.');
    throw unreadable('The PDF is damaged and cannot be opened; save it anew and send that.');
  }

  /**
   * Opens one page, counted from 1, and closes it after `use`.
   * @throws StageError `unreadable-page`
   */
  async withPage<Result>(page: number, use: (page: PdfPage) => Promise<Result> | Result): Promise<Result> {
    const opened = PdfPage.open(this.#pdfium, this.#document, page);
    try {
      return await use(opened);
    } finally {
      opened.close();
    }
  }

  close(): void {
    this.#pdfium._FPDF_CloseDocument(this.#document);
    this.#pdfium.wasmExports.free(this.#bytes);
  }
}

const unreadable = (sentence: string): StageError => new StageError('unreadable-document', sentence);
