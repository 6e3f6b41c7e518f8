import sharp from 'sharp';
import { damagedImage } from './formats/pictures/damaged-image.js';

export interface ShrinkTerms {
  /** Longest side, in pixels; pictures are never made larger. */
  readonly edgePx: number;
  /** One with more pixels is not decoded. */
  readonly maxPixels: number;
}

/** Letters stay sharp at it, and colours keep their edges, as screenshots need. */
const written = { quality: 85, chromaSubsampling: '4:4:4' } as const;

/**
 * A picture that nothing is cut from or covered on, upright and shrunk, as JPEG. A large JPEG is decoded small, so this
 * takes a fraction of what `scalePicture` does. @throws StageError `unreadable-page` for bytes that cannot be decoded
 */
export async function shrinkPicture(bytes: Uint8Array, { edgePx, maxPixels }: ShrinkTerms): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { limitInputPixels: maxPixels, sequentialRead: true })
      .autoOrient()
      .resize({ width: edgePx, height: edgePx, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg(written)
      .toBuffer();
  } catch (error) {
    throw damagedImage('unreadable-page', error);
  }
}
