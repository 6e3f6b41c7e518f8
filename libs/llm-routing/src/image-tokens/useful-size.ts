import type { ImageRule } from '../catalog/image-rule.js';
import type { ModelCard } from '../catalog/model-card.js';
import { fittedForClaude, fittedIntoPatches, fittedIntoGrid } from './count-patches.js';
import { fittedForTiles } from './count-tiles.js';
import type { ImageDetail } from './estimate-image-tokens.js';
import { fitInto, type PixelSize } from './pixel-size.js';

/** What is sent of a picture at most where the model's rule does not shrink it. */
const mostEdgePx: Readonly<Record<ImageDetail, number>> = { low: 768, high: 2_048, original: Infinity };
/** What OpenAI looks at when it is asked to look with low detail. */
const openAiLowEdgePx = 512;

/**
 * The size at which a model looks at a picture, in whole pixels and never larger than it is: more is shrunk by the provider
 * after it was sent, so it is worth nothing. By the model's image rule where that shrinks, else by what detail asks for.
 */
export function usefulSize(
  { imageRule, limits }: Pick<ModelCard, 'imageRule' | 'limits'>,
  size: PixelSize,
  detail: ImageDetail,
): PixelSize {
  const isCapped = detail === 'low' || !imageRule || !shrinking.has(imageRule.rule);
  const fitted = fitInto(size, Math.min(isCapped ? mostEdgePx[detail] : Infinity, limits.maxImageEdgePx ?? Infinity));
  const { widthPx, heightPx } = imageRule ? lookedAt(imageRule, fitted, detail) : fitted;
  return { widthPx: whole(widthPx), heightPx: whole(heightPx) };
}

/** Rules by which a provider makes large pictures smaller. */
const shrinking: ReadonlySet<ImageRule['rule']> = new Set([
  'openai-tiles',
  'openai-patches',
  'claude-patches',
  'clamped-grid',
]);

/** A side that is whole but for its floating point stays so. */
const whole = (sidePx: number): number => Math.max(1, Math.floor(sidePx + 1e-3));

function lookedAt(rule: ImageRule, size: PixelSize, detail: ImageDetail): PixelSize {
  switch (rule.rule) {
    case 'openai-tiles':
      return detail === 'low' ? fitInto(size, openAiLowEdgePx) : fittedForTiles(size);
    case 'openai-patches': {
      if (detail === 'low') return fitInto(size, openAiLowEdgePx);
      return fittedIntoPatches(size, (detail === 'original' && rule.maxPatchesOriginal) || rule.maxPatches);
    }
    case 'claude-patches':
      return fittedForClaude(size, rule);
    case 'clamped-grid':
      return fittedIntoGrid(size, rule);
    case 'gemini-tiles':
    case 'gemini-resolution':
    case 'capped-tiles':
      return size;
  }
}
