import type { Box } from '@waybill/contracts';
import type { PageRaster } from '../ocr-engine.js';

/** Smaller differences of a channel, of 255, are not seen by anyone. */
const seenSteps = 24;
/** A word that shows paints about a third of its box; of its thin letters, a tenth. */
const seenShare = 0.03;
/** Ink beneath a word changes its box by this much from the lightest to the darkest pixel. */
const inkSteps = 50;

/**
 * Whether a word's box, in pixels of both, looks different with the page's text than without it: only then the word
 * shows. Text in the colour of its ground, covered, clipped or transparent text changes nothing.
 */
export function showsUnder(drawn: PageRaster, bare: PageRaster, box: Box): boolean {
  const { x0, y0, x1, y1 } = pixelsOf(box, drawn);
  const { channels, width } = drawn;
  let seen = 0;
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0; x < x1; x += 1) {
      const at = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        if (Math.abs((drawn.data[at + channel] ?? 0) - (bare.data[at + channel] ?? 0)) < seenSteps) continue;
        seen += 1;
        break;
      }
    }
  }
  return seen > seenShare * (x1 - x0) * (y1 - y0);
}

/** Whether there is ink, or a picture, inside a box, in pixels of the page drawn without its text. */
export function hasInkUnder(bare: PageRaster, box: Box): boolean {
  const { x0, y0, x1, y1 } = pixelsOf(box, bare);
  const { channels, width, data } = bare;
  let [darkest, lightest] = [255, 0];
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0; x < x1; x += 1) {
      const value = data[(y * width + x) * channels] ?? 255;
      darkest = Math.min(darkest, value);
      lightest = Math.max(lightest, value);
    }
  }
  return lightest - darkest >= inkSteps;
}

/** Whole pixels that a box touches, inside the picture; empty for a box beside it. */
function pixelsOf([x0, y0, x1, y1]: Box, { width, height }: PageRaster) {
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return {
    x0: inside(Math.floor(x0), width),
    y0: inside(Math.floor(y0), height),
    x1: inside(Math.ceil(x1), width),
    y1: inside(Math.ceil(y1), height),
  };
}
