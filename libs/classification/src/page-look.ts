/** A small picture of a page: 8 bits a channel, rows from the top, no padding. About 220,000 pixels are enough. */
export interface PageLook {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}
