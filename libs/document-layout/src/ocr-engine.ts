import type { ReadingAttempt } from '@waybill/contracts';
import type { RawWord } from './page-reading.js';

/** A page as raw pixels: 8 bits a channel, rows from the top, no padding. */
export interface PageRaster {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
  dpi: number | null;
  /** SHA-256 over size, channels and pixels, in hex, where it was taken. Only then is the picture looked for in a cache. */
  digest?: string;
}

/** What an engine saw. Boxes are pixels of the raster that was handed in, whatever the engine did to it. */
export interface RecognisedPage {
  words: RawWord[];
  /** Clockwise turn, in degrees, that brings the text upright. */
  rotation: 0 | 90 | 180 | 270;
  /** Slant of the text lines after `rotation`, in degrees, clockwise positive. */
  skewDegrees: number;
  remarks: string[];
  /** Every reading that was made of the page, where the engine tells. */
  attempts?: ReadingAttempt[];
}

/** Port: something that reads words from a picture of a page. */
export interface OcrEngine {
  readonly name: string;
  readonly version: string;
  /** Changes whenever the same pixels may be read differently by the same version: models, preparation, thresholds. */
  readonly settings?: string;
  /**
   * Reads one page. `languages` are ISO 639-2 codes such as `eng`. Rejects with a `StageError`: `unreadable-page`,
   * `timeout`, or the signal's own reason when it aborts.
   */
  recognise(image: PageRaster, options: { languages: string[]; signal: AbortSignal }): Promise<RecognisedPage>;
  /** Frees what the engine holds; may be called twice. */
  close(): Promise<void>;
}
