import { fitInto, squaresOver, type PixelSize } from './pixel-size.js';

const patchPx = 32;

/**
 * Patches of 32 px; a picture with more than `maxPatches` is shrunk until a whole number of them fits.
 * Source: OpenAI's guide "Images and vision" (1800 x 2400 px at a cap of 1536: 33 x 44 = 1452).
 */
export const patches32 = (size: PixelSize, maxPatches: number): number =>
  Math.min(maxPatches, squaresOver(fittedIntoPatches(size, maxPatches), patchPx));

/** The size after that. */
export function fittedIntoPatches(size: PixelSize, maxPatches: number): PixelSize {
  if (squaresOver(size, patchPx) <= maxPatches) return size;
  const { widthPx, heightPx } = size;
  const shrink = Math.sqrt((patchPx ** 2 * maxPatches) / (widthPx * heightPx));
  const [across, down] = [(widthPx * shrink) / patchPx, (heightPx * shrink) / patchPx];
  const toWhole = Math.min(Math.max(1, Math.floor(across)) / across, Math.max(1, Math.floor(down)) / down);
  return scaled(size, Math.min(1, shrink * toWhole));
}

const claudePatchPx = 28;
const pixelsPerTokenByArea = 750;

/**
 * Shrunk to the longest edge that the model looks at, and further until the patches of 28 px are at most `maxTokens`.
 * The area's count is what Anthropic's guide stated before: width x height / 750.
 */
export function claudePatches(size: PixelSize, rule: ClaudeLimits): { patches: number; tokensByArea: number } {
  const fitted = fittedForClaude(size, rule);
  const area = fitted.widthPx * fitted.heightPx;
  return {
    patches: squaresOver(fitted, claudePatchPx),
    tokensByArea: Math.min(rule.maxTokens, Math.max(1, Math.ceil(area / pixelsPerTokenByArea))),
  };
}

interface ClaudeLimits {
  readonly maxEdgePx: number;
  readonly maxTokens: number;
}

/** The size at which Claude counts it. */
export function fittedForClaude(size: PixelSize, { maxEdgePx, maxTokens }: ClaudeLimits): PixelSize {
  const fitted = fitInto(size, maxEdgePx);
  const patchesAt = (scale: number) => squaresOver(scaled(fitted, scale), claudePatchPx);
  let [fits, tooLarge] = [patchesAt(1) <= maxTokens ? 1 : 0, 1];
  for (let step = 0; fits < 1 && step < 24; step += 1) {
    const middle = (fits + tooLarge) / 2;
    if (patchesAt(middle) <= maxTokens) fits = middle;
    else tooLarge = middle;
  }
  return scaled(fitted, fits);
}

const scaled = ({ widthPx, heightPx }: PixelSize, scale: number): PixelSize => ({
  widthPx: widthPx * scale,
  heightPx: heightPx * scale,
});

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

/** The size at which such a grid counts no more; never grown, since growing is the provider's. */
export function fittedIntoGrid(size: PixelSize, rule: { patchPx: number; maxTokens: number }): PixelSize {
  const [across, down] = [size.widthPx / rule.patchPx, size.heightPx / rule.patchPx];
  if (Math.max(1, Math.round(across)) * Math.max(1, Math.round(down)) <= rule.maxTokens) return size;
  const scale = Math.sqrt(rule.maxTokens / (across * down));
  // The grid rounds to the closest number of patches, and is to find the lower one.
  const toLower = (patches: number) => Math.min(1, (Math.max(1, Math.floor(patches)) + 0.49) / patches);
  return scaled(size, Math.min(1, scale * Math.min(toLower(across * scale), toLower(down * scale))));
}
