import { fitInto, squaresOver, type PixelSize } from './pixel-size.js';

/**
 * Tiles of 512 px after fitting into 2048 x 2048 px and shrinking the short side to 768 px.
 * Source: OpenAI's guide "Images and vision" (2048 x 4096 px: 6 tiles).
 */
export const openAiTiles = (size: PixelSize): number => squaresOver(fittedForTiles(size), 512);

/** The size after that. */
export function fittedForTiles(size: PixelSize): PixelSize {
  const { widthPx, heightPx } = fitInto(size, 2048);
  const shrink = Math.min(1, 768 / Math.min(widthPx, heightPx));
  return { widthPx: widthPx * shrink, heightPx: heightPx * shrink };
}

/** One for a picture whose sides are both small, else one for each tile. Source: Gemini API, "Understand and count tokens". */
export const geminiTiles = (size: PixelSize, rule: { smallEdgePx: number; tilePx: number }): number =>
  Math.max(size.widthPx, size.heightPx) <= rule.smallEdgePx ? 1 : squaresOver(size, rule.tilePx);

/** Tiles up to a number, beyond which the picture is shrunk (Llama vision, Grok). */
export const cappedTiles = (size: PixelSize, rule: { tilePx: number; maxTiles: number }): number =>
  Math.min(rule.maxTiles, squaresOver(size, rule.tilePx));
