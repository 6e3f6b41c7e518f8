import type { Metadata, Sharp } from 'sharp';

/** A picture that can be decoded: how to open it, and what its header says. */
export interface PictureSource {
  /** Opens it anew; orientation is not applied yet. */
  open(): Sharp;
  readonly header: Pick<Metadata, 'width' | 'height' | 'hasAlpha' | 'channels' | 'density' | 'autoOrient'>;
  /** `source`: browsers show the document as it is. */
  readonly shownAs: 'source' | 'drawing';
  /** What a reader should know, for example that only the first frame was taken. */
  readonly remarks: readonly string[];
  /** Pixels of the page for each pixel that `open` gives; 1 unless it is drawn larger than it is. */
  readonly pagePixels?: number;
}
