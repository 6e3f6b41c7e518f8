import type { DecodedPage } from '@waybill/document-layout';
import type { DocumentLimits } from '../document-limits.js';
import type { OpenedPdfs } from '../opened-pdfs.js';

/** A document before it is known what it is. */
export interface FirstLook {
  readonly bytes: Uint8Array;
  /** Its first 64 KiB, a character a byte. */
  readonly head: string;
  /** The media type that its signature stands for, if it has a known one. */
  readonly signature: string | undefined;
}

/** What is known about a document when it is opened. */
export interface OpenedWith {
  readonly limits: DocumentLimits;
  readonly password?: string;
}

export interface PageRequest extends OpenedWith {
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** Counted from 1. */
  readonly page: number;
  /** PDFs that this thread keeps open. */
  readonly opened: OpenedPdfs;
  /** Of PDFs: `drawn` compares text with what it draws; `read` wants every page's picture, too. */
  readonly textLayerCheck: 'drawn' | 'read';
}

interface FormatFacts {
  /** For sentences: "JPEG". */
  readonly name: string;
  readonly mediaType: string;
  /** Endings of file names, without the dot; for choosing files from a folder, never for telling what bytes are. */
  readonly endings: readonly string[];
  /** `content`: nothing in the bytes says so but what they read like; a name that stands for another format contradicts. */
  readonly toldBy: 'signature' | 'content';
  isIn(look: FirstLook): boolean;
}

/** A format whose pages are read from its own bytes. */
export interface PagedFormat extends FormatFacts {
  readonly kind: 'paged';
  /** `caller`: headers are read in no time; `thread`: reading may take long or die. */
  readonly countedIn: 'caller' | 'thread';
  /**
   * Counts pages and refuses what is over the limits, from headers.
   * @throws StageError `unreadable-document`, `too-large`, `too-many-pages`
   */
  countPages(bytes: Uint8Array, options: OpenedWith): Promise<number> | number;
  /** @throws StageError `unreadable-page`, `unreadable-document`, `too-large` */
  decodePage(request: PageRequest): Promise<DecodedPage>;
}

/** A format that is converted to PDF before it is read. */
export interface ConvertedFormat extends FormatFacts {
  readonly kind: 'converted';
  /** LibreOffice's names of the filters that read it and write the PDF, where its own choice is not the best. */
  readonly filters?: { readonly reads: string; readonly writes: string };
  /** Makes the bytes safe to convert, in a thread. @throws StageError `unreadable-document`, `too-large` */
  prepare(bytes: Uint8Array, options: OpenedWith): Uint8Array;
}

/** A document that was found in another one. Its name is the other one's word for it. */
export interface EnclosedDocument {
  readonly name?: string;
  readonly bytes: Uint8Array;
}

/** What a format with documents in it comes to: a text of its own, and the documents. */
export interface UnpackedDocument {
  readonly text: string;
  readonly enclosed: readonly EnclosedDocument[];
}

/** A format that is read as the text of its own, and that holds further documents. */
export interface EnclosingFormat extends FormatFacts {
  readonly kind: 'enclosing';
  /** In a thread. @throws StageError `unreadable-document`, `too-large` */
  unpack(bytes: Uint8Array, options: OpenedWith): Promise<UnpackedDocument>;
}

export type DocumentFormat = PagedFormat | ConvertedFormat | EnclosingFormat;
