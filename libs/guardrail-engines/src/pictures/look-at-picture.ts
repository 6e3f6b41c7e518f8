import { StageError } from '@waybill/jobs';
import type { GrayPicture, PageCode } from '@waybill/guardrails';
import sharp from 'sharp';
import { readCodes } from './read-codes.js';

/** A code printed on a page is read at this size; tones are judged at half of it. */
const edgePx = 1_000;

/** What guardrails see of a page's picture. */
export interface PictureLook {
  readonly codes: readonly PageCode[];
  readonly picture: GrayPicture;
}

/** A page's stored picture, upright and small. @throws StageError `unreadable-page` for damaged bytes. */
export async function lookAtPicture(bytes: Uint8Array): Promise<PictureLook> {
  const gray = await decode(bytes);
  return { codes: await readCodes(gray), picture: halved(gray) };
}

async function decode(bytes: Uint8Array): Promise<GrayPicture> {
  try {
    const size = { width: edgePx, height: edgePx, fit: 'inside', withoutEnlargement: true } as const;
    // Made gray when it is small: "grayscale()" would be done to all pixels before.
    const image = sharp(bytes).autoOrient().flatten({ background: '#ffffff' }).resize(size).toColourspace('b-w');
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    throw new StageError('unreadable-page', 'The picture of the page is damaged; send the document again.', { cause });
  }
}

/** Every other pixel of every other line: tones stay what they are. */
function halved({ data, width, height }: GrayPicture): GrayPicture {
  const [w, h] = [Math.max(1, Math.floor(width / 2)), Math.max(1, Math.floor(height / 2))];
  const half = new Uint8Array(w * h);
  for (let y = 0; y < h; y += 1) for (let x = 0; x < w; x += 1) half[y * w + x] = data[2 * y * width + 2 * x] ?? 255;
  return { data: half, width: w, height: h };
}
