import type { Box, ReadingAttempt } from '@waybill/contracts';
import type { RawWord, RuleLine } from './page-reading.js';

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
  /** Ruled lines the engine told of, in pixels of the raster; the borders of the cells of its tables are among them. */
  rules?: RuleLine[];
  /** Labels and values that the engine told of as belonging together. */
  pairs?: RecognisedPair[];
  /** What this reading cost; absent when it cost nothing. */
  use?: EngineUse;
  remarks: string[];
  /** Every reading that was made of the page, where the engine tells. */
  attempts?: ReadingAttempt[];
}

/** A label and its value, as the engine paired them. Boxes are pixels of the raster. */
export interface RecognisedPair {
  key: { text: string; box: Box };
  value: { text: string; box: Box };
  /** 0..1, that the two belong together. */
  confidence: number;
}

/** One paid reading. */
export interface EngineUse {
  /** Its entry in the catalog of engines. */
  model: string;
  tier: number;
  costUsd: number;
  /** The catalog that priced it. */
  catalogVersion?: string;
}

/** Port: something that reads words from a picture of a page. */
export interface OcrEngine {
  readonly name: string;
  readonly version: string;
  /** Changes whenever the same pixels may be read differently by the same version: models, preparation, thresholds. */
  readonly settings?: string;
  /** The most that reading one page may cost, in USD; absent when it costs nothing. */
  readonly mostUsdPerPage?: number;
  /** Where pictures may be processed, when not on this machine. */
  readonly processedIn?: readonly string[] | 'unknown';
  /**
   * Reads one page. `languages` are ISO 639-2 codes such as `eng`. Rejects with a `StageError`: `unreadable-page`,
   * `too-large`, `timeout`, and behind a network `unavailable`, `model-failed`, `invalid-answer`; or the signal's own reason
   * when it aborts.
   */
  recognise(image: PageRaster, options: { languages: string[]; signal: AbortSignal }): Promise<RecognisedPage>;
  /** Frees what the engine holds; may be called twice. */
  close(): Promise<void>;
}
