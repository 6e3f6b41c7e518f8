import type { ModelCard } from '../catalog/model-card.js';
import { estimateImageTokens, type ImageDetail } from './estimate-image-tokens.js';
import type { PixelSize } from './pixel-size.js';
import { usefulSize } from './useful-size.js';

/** When a picture that is at hand is made smaller before it is sent. */
export interface ShrinkRule {
  /** From so many bytes on; smaller ones only where that saves tokens. */
  readonly aboveBytes: number;
}

/** A picture that is at hand. */
interface Picture extends PixelSize {
  readonly bytes: number;
  readonly mediaType: string;
}

/** How a picture is sent that is worth being made smaller. */
export interface ShrunkSize extends PixelSize {
  /** By the model's rule it counts for fewer tokens than as it is. */
  readonly savesTokens: boolean;
  /** As JPEG, on the safe side. */
  readonly bytesMost: number;
}

/** A picture that keeps more of its pixels is not written anew: that costs time and sharpness. */
const mostKept = 0.75;
const bytesPerPixel = 0.75;
/** A GIF may move, and stays as it is. */
const rewritten = new Set(['image/jpeg', 'image/png', 'image/webp']);

const pixels = ({ widthPx, heightPx }: PixelSize): number => widthPx * heightPx;

/** The size at which a picture goes to a model; undefined where it goes as it is. */
export function shrinkFor(
  card: Pick<ModelCard, 'imageRule' | 'limits'>,
  picture: Picture,
  detail: ImageDetail,
  { aboveBytes }: ShrinkRule,
): ShrunkSize | undefined {
  if (!rewritten.has(picture.mediaType)) return undefined;
  const useful = usefulSize(card, picture, detail);
  if (pixels(useful) > mostKept * pixels(picture)) return undefined;
  const tokens = (size: PixelSize) => (card.imageRule ? estimateImageTokens(card.imageRule, size, detail).expected : 0);
  const savesTokens = tokens(useful) < tokens(picture);
  if (picture.bytes <= aboveBytes && !savesTokens) return undefined;
  return { ...useful, savesTokens, bytesMost: Math.ceil(pixels(useful) * bytesPerPixel) };
}
