import type { Box, TextLayerReport } from '@waybill/contracts';
import type { PageRaster } from './ocr-engine.js';
import type { DrawnSquare, PictureArea, RuleLine } from './page-reading.js';
import type { TextLayerJudgement } from './text-layer/judge-text-layer.js';
import type { LayerWord } from './text-layer/layer-word.js';

/** One page, looked at: its text where it carries one, otherwise its picture for an engine to read. */
export interface DecodedPage {
  /** Size of the displayed page in `unit`: EXIF orientation or PDF /Rotate applied. */
  readonly width: number;
  readonly height: number;
  readonly unit: 'px' | 'pt';
  /** Of the raster; null where the file does not say and nothing was rendered. */
  readonly dpi: number | null;
  /** The text that the page carries: of PDF pages, checked against the page as drawn. */
  readonly textLayer?: DecodedTextLayer;
  /** The displayed page in gray on white, at its own size or smaller; absent where there is nothing to be recognised. */
  readonly raster?: PageRaster;
  /** Pictures with words of their own, beside a text layer that is taken. */
  readonly pictures?: readonly PagePicture[];
  /** The displayed page made small, in colour where it has any: enough to tell what kind of page it is. */
  readonly look: PageRaster;
  /** Ruled lines on the displayed page, in `unit`; pieces of one line may stand apart. */
  readonly rules: RuleLine[];
  /** Small squares, and regions of pictures and drawings, on the displayed page, in `unit`. */
  readonly squares?: DrawnSquare[];
  readonly areas?: PictureArea[];
  /** A picture of the page for people and models. `source`: the document itself is that picture. */
  readonly display: 'source' | { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' };
  readonly remarks: string[];
}

/** The text layer of a page, and what is to be done with it. */
export interface DecodedTextLayer {
  /** `words`: they are the page's words. `compare`: read the raster, then decide. `picture`: read the raster. */
  readonly take: TextLayerJudgement['take'];
  /** With `words`, those that show; with `compare`, all; with `picture`, none. In the page's unit. */
  readonly words: LayerWord[];
  readonly rotation: 0 | 90 | 180 | 270;
  readonly report: TextLayerReport;
  /** What gave the words, where it is not the PDF's own text. */
  readonly engine?: string;
}

/** A part of the displayed page, drawn without the page's own text. */
export interface PagePicture {
  /** In the page's unit. */
  readonly box: Box;
  readonly raster: PageRaster;
}

/** A document whose media type was found from its bytes. */
export interface DecodedDocument {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Opens it, where it is encrypted. */
  readonly password?: string;
}

/** Port: what turns a document's bytes into pages. */
export interface PageDecoder {
  /** Fetches the document's bytes with `fetch` unless they are held already from another of its pages. */
  hold(document: { readonly sha256: string }, fetch: () => Promise<Uint8Array>): Promise<Uint8Array>;
  /**
   * Decodes one page, counted from 1, of a document. Rejects with a
   * `StageError`: `unreadable-document`, `unreadable-page`, `too-large`; `timeout` and `worker-died` are retryable; or
   * with the signal's own reason.
   */
  decodePage(document: DecodedDocument, page: number, signal: AbortSignal): Promise<DecodedPage>;
  /** Frees what the decoder holds; may be called twice. */
  close(): Promise<void>;
}
