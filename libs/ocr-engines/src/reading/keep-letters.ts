import type { GrayImage } from './gray-image.js';
import type { PageMeasures } from './measure-page.js';

/** Letters as boxes in pixels of the picture, how high they are, and whether they are white on black. */
type Lettering = Pick<PageMeasures, 'letters' | 'letterHeight' | 'isInverted'>;

/** Pixels around a letter that are kept with it. */
const margin = 2;
/** A mark longer than so many letters are high is a rule, a bar or a curve. */
const longest = 4;

/**
 * The picture with its letters alone: bars, axes and rules are taken for strokes of letters where they stand near some.
 */
export function keepLetters(
  { data, width, height }: GrayImage,
  { letters, letterHeight, isInverted }: Lettering,
): GrayImage {
  const kept = new Uint8Array(width * height).fill(isInverted ? 0 : 255);
  for (const { x0, y0, x1, y1 } of letters) {
    if (Math.max(x1 - x0, y1 - y0) > longest * letterHeight) continue;
    const [left, right] = [Math.max(0, Math.floor(x0) - margin), Math.min(width, Math.ceil(x1) + margin)];
    for (let y = Math.max(0, Math.floor(y0) - margin); y < Math.min(height, Math.ceil(y1) + margin); y += 1) {
      kept.set(data.subarray(y * width + left, y * width + right), y * width + left);
    }
  }
  return { data: kept, width, height };
}
