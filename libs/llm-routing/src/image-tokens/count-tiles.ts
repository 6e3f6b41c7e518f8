import { fitInto, squaresOver, type PixelSize } from './pixel-size.js';

/**
 * Tiles of 512 px after fitting into 2048 x 2048 px and shrinking the short side to 768 px.
 * Source: OpenAI's guide "Images and vision" (2048 x 4096 px: 6 tiles).
 */
export function openAiTiles(size: PixelSize): number {
  const fitted = fitInto(size, 2048);
  const shrink = Math.min(1, 768 / Math.min(fitted.widthPx, fitted.heightPx));
  return squaresOver({ widthPx: fitted.widthPx * shrink, heightPx: fitted.heightPx * shrink }, 512);
}

/** One for a picture whose sides are both small, else one for each tile. Source: Gemini API, "Understand and count tokens". */
export const geminiTiles = (size: PixelSize, rule: { smallEdgePx: number; tilePx: number }): number =>
  Math.max(size.widthPx, size.heightPx) <= rule.smallEdgePx ? 1 : squaresOver(size, rule.tilePx);

/** Tiles up to a number, beyond which the picture is shrunk (Llama vision, Grok). */
export const cappedTiles = (size: PixelSize, rule: { tilePx: number; maxTiles: number }): number =>
  Math.min(rule.maxTiles, squaresOver(size, rule.tilePx));
