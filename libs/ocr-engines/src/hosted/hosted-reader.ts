import type { Box } from '@waybill/contracts';

/** A page as it is sent: what of the displayed page the provider sees, whole and upright as displayed. */
export interface PagePicture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg';
  /** Pixels; the picture has the shape of the page, so shares of it are shares of the page. */
  readonly width: number;
  readonly height: number;
}

/** What a provider accepts as one picture. */
export interface PictureLimits {
  readonly bytes: number;
  /** Longest side, in pixels. */
  readonly side: number;
  /** Shortest side, in pixels; smaller pages are enlarged. */
  readonly leastSide: number;
  readonly pixels: number;
}

/** A point as shares 0..1 of the picture's width and height, origin top left. */
export type Point = readonly [x: number, y: number];

export interface HostedWord {
  readonly text: string;
  /** `[x0, y0, x1, y1]` as shares 0..1 of the picture. */
  readonly box: Box;
  /** 0..1. */
  readonly confidence: number;
  /** The upper edge of the word in its own reading direction, where the provider gives corners. */
  readonly topEdge?: readonly [from: Point, to: Point];
}

/** A table cell as the provider drew it; box as shares 0..1 of the picture. */
export interface HostedCell {
  readonly box: Box;
}

export interface HostedPhrase {
  readonly text: string;
  readonly box: Box;
}

/** A page as a provider saw it, in one shape. */
export interface HostedReading {
  readonly words: readonly HostedWord[];
  /** Each table by its cells. */
  readonly tables: readonly (readonly HostedCell[])[];
  readonly pairs: readonly { readonly key: HostedPhrase; readonly value: HostedPhrase; readonly confidence: number }[];
  /** Pages or credits, as the provider bills them. */
  readonly billedUnits: number;
  readonly remarks: readonly string[];
}

/** One page to be read; `signal` aborts with the reason that the caller is to see. */
export interface HostedPage {
  readonly picture: PagePicture;
  /** ISO 639-2 codes. */
  readonly languages: readonly string[];
  readonly signal: AbortSignal;
}

/** Port inside this library: one provider's protocol. Rejects with a `StageError` or with the signal's reason. */
export interface HostedReader {
  readonly limits: PictureLimits;
  read(page: HostedPage): Promise<HostedReading>;
  /** Closes its connections; may be called twice. */
  close(): Promise<void>;
}
