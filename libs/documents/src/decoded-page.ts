import type { PageRaster, RawWord } from '@waybill/document-layout';

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
  /** A picture of the page for people and models. `source`: the document itself is that picture. */
  readonly display: 'source' | { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' };
  readonly remarks: string[];
}

/** Pixels of a raster at most: A4 at 520 dpi. More makes reading slower, not better. */
export const maxRasterPixels = 26_000_000;
