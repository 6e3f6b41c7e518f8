import type { PageRaster } from './ocr-engine.js';
import type { RawWord, RuleLine } from './page-reading.js';

/** One page, looked at: its text where it carries one, otherwise its picture for an engine to read. */
export interface DecodedPage {
  /** Size of the displayed page in `unit`: EXIF orientation or PDF /Rotate applied. */
  readonly width: number;
  readonly height: number;
  readonly unit: 'px' | 'pt';
  /** Of the raster; null where the file does not say and nothing was rendered. */
  readonly dpi: number | null;
  /** The words the page carries as text, in `unit`; then there is no raster. */
  readonly textLayer?: { readonly words: RawWord[]; readonly rotation: 0 | 90 | 180 | 270 };
  /** The displayed page in gray on white, at its own size or smaller. */
  readonly raster?: PageRaster;
  /** The displayed page made small, in colour where it has any: enough to tell what kind of page it is. */
  readonly look: PageRaster;
  /** Ruled lines on the displayed page, in `unit`; pieces of one line may stand apart. */
  readonly rules: RuleLine[];
  /** A picture of the page for people and models. `source`: the document itself is that picture. */
  readonly display: 'source' | { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' };
  readonly remarks: string[];
}

/** Port: what turns a document's bytes into pages. */
export interface PageDecoder {
  /** Fetches the document's bytes with `fetch` unless they are held already from another of its pages. */
  hold(document: { readonly sha256: string }, fetch: () => Promise<Uint8Array>): Promise<Uint8Array>;
  /**
   * Decodes one page, counted from 1, of a document whose media type was found from its bytes. Rejects with a
   * `StageError`: `unreadable-document`, `unreadable-page`, `too-large`; `timeout` and `worker-died` are retryable; or
   * with the signal's own reason.
   */
  decodePage(
    document: { readonly sha256: string; readonly mediaType: string; readonly bytes: Uint8Array },
    page: number,
    signal: AbortSignal,
  ): Promise<DecodedPage>;
  /** Frees what the decoder holds; may be called twice. */
  close(): Promise<void>;
}
