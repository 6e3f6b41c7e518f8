import type { ModelCard } from '../catalog/model-card.js';
import type { ImageDetail } from './estimate-image-tokens.js';

const lowEdgePx = 768;
const mostEdgePx = 2_048;

/**
 * The longest side of a picture that a model makes use of, in pixels: more is shrunk by the provider after it was sent.
 * By the model's image rule, where that shrinks; 2048 where it does not say.
 */
export function usefulEdgePx(
  { imageRule, limits }: Pick<ModelCard, 'imageRule' | 'limits'>,
  detail: ImageDetail,
): number {
  const byRule =
    imageRule?.rule === 'claude-patches'
      ? imageRule.maxEdgePx
      : imageRule?.rule === 'openai-tiles' && detail === 'low'
        ? 512
        : mostEdgePx;
  return Math.min(byRule, limits.maxImageEdgePx ?? mostEdgePx, detail === 'low' ? lowEdgePx : mostEdgePx);
}
