import { createHash } from 'node:crypto';
import { PdfDocument, type PdfOpening } from './pdf/pdf-document.js';

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
  async open(sha256: string, bytes: Uint8Array, opening: PdfOpening = {}): Promise<PdfDocument> {
    const key = keyOf(sha256, opening);
    const found = this.#opened.get(key);
    this.#opened.delete(key);
    const opened = found ?? { document: await PdfDocument.open(bytes, opening), sizeBytes: bytes.length };
    this.#opened.set(key, opened);
    let total = [...this.#opened.values()].reduce((sum, each) => sum + each.sizeBytes, 0);
    for (const [other, each] of this.#opened) {
      if (total <= this.#maxBytes || each === opened) break;
      this.#opened.delete(other);
      each.document.close();
      total -= each.sizeBytes;
    }
    return opened.document;
  }
}

/** What one password has opened stays closed to those who give another, or none. */
const keyOf = (sha256: string, { password }: PdfOpening): string =>
  password === undefined ? sha256 : `${sha256} ${createHash('sha256').update(password).digest('hex')}`;
