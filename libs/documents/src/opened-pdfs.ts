import { PdfDocument } from './pdf/pdf-document.js';

interface Opened {
  readonly document: PdfDocument;
  readonly sizeBytes: number;
}

/** PDFs kept open, least recently used first out: the pages of a long one are read one at a time. */
export class OpenedPdfs {
  readonly #maxBytes: number;
  readonly #opened = new Map<string, Opened>();

  /** `maxBytes`: of all open documents together; the newest stays open whatever its size. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws StageError `unreadable-document` */
  async open(sha256: string, bytes: Uint8Array): Promise<PdfDocument> {
    const found = this.#opened.get(sha256);
    this.#opened.delete(sha256);
    const opened = found ?? { document: await PdfDocument.open(bytes), sizeBytes: bytes.length };
    this.#opened.set(sha256, opened);
    let total = [...this.#opened.values()].reduce((sum, each) => sum + each.sizeBytes, 0);
    for (const [key, each] of this.#opened) {
      if (total <= this.#maxBytes || each === opened) break;
      this.#opened.delete(key);
      each.document.close();
      total -= each.sizeBytes;
    }
    return opened.document;
  }
}
