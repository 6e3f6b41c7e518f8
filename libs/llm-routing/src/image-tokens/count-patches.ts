import { fitInto, squaresOver, type PixelSize } from './pixel-size.js';

const patchPx = 32;

/**
 * Patches of 32 px; a picture with more than `maxPatches` is shrunk until a whole number of them fits.
 * Source: OpenAI's guide "Images and vision" (1800 x 2400 px at a cap of 1536: 33 x 44 = 1452).
 */
export function patches32(size: PixelSize, maxPatches: number): number {
  const patches = squaresOver(size, patchPx);
  if (patches <= maxPatches) return patches;
  const { widthPx, heightPx } = size;
  const shrink = Math.sqrt((patchPx ** 2 * maxPatches) / (widthPx * heightPx));
  const [across, down] = [(widthPx * shrink) / patchPx, (heightPx * shrink) / patchPx];
  const toWhole = Math.min(Math.max(1, Math.floor(across)) / across, Math.max(1, Math.floor(down)) / down);
  const shrunk = { widthPx: widthPx * shrink * toWhole, heightPx: heightPx * shrink * toWhole };
  return Math.min(maxPatches, squaresOver(shrunk, patchPx));
}

const claudePatchPx = 28;
const pixelsPerTokenByArea = 750;

/**
 * Shrunk to the longest edge that the model looks at, and further until the patches of 28 px are at most `maxTokens`.
 * The area's count is what Anthropic's guide stated before: width x height / 750.
 */
export function claudePatches(
  size: PixelSize,
  { maxEdgePx, maxTokens }: { maxEdgePx: number; maxTokens: number },
): { patches: number; tokensByArea: number } {
  const fitted = fitInto(size, maxEdgePx);
  const patchesAt = (scale: number) =>
    squaresOver({ widthPx: fitted.widthPx * scale, heightPx: fitted.heightPx * scale }, claudePatchPx);
  let [fits, tooLarge] = [patchesAt(1) <= maxTokens ? 1 : 0, 1];
  for (let step = 0; fits < 1 && step < 24; step += 1) {
    const middle = (fits + tooLarge) / 2;
    if (patchesAt(middle) <= maxTokens) fits = middle;
    else tooLarge = middle;
  }
  const area = fitted.widthPx * fitted.heightPx * fits ** 2;
  return {
    patches: patchesAt(fits),
    tokensByArea: Math.min(maxTokens, Math.max(1, Math.ceil(area / pixelsPerTokenByArea))),
  };
}

/** A grid of patches, the picture grown or shrunk until their number lies between both limits (Qwen-VL). */
export function clampedGrid(
  { widthPx, heightPx }: PixelSize,
  { patchPx: edgePx, minTokens, maxTokens }: { patchPx: number; minTokens: number; maxTokens: number },
): number {
  const [across, down] = [widthPx / edgePx, heightPx / edgePx];
  const rounded = Math.max(1, Math.round(across)) * Math.max(1, Math.round(down));
  if (rounded >= minTokens && rounded <= maxTokens) return rounded;
  const scale = Math.sqrt((rounded > maxTokens ? maxTokens : minTokens) / (across * down));
  const round = rounded > maxTokens ? Math.floor : Math.ceil;
  const clamped = Math.max(1, round(across * scale)) * Math.max(1, round(down * scale));
  return rounded > maxTokens ? Math.min(maxTokens, clamped) : clamped;
}
