import type { ImageRule } from '../catalog/image-rule.js';
import { claudePatches, clampedGrid, patches32 } from './count-patches.js';
import { fitInto, type PixelSize } from './pixel-size.js';
import { cappedTiles, geminiTiles, openAiTiles } from './count-tiles.js';

/** How closely a model is to look; `low` is the cheapest that it offers, `original` the most. */
export const imageDetails = ['low', 'high', 'original'] as const;
export type ImageDetail = (typeof imageDetails)[number];

/** Whole tokens. A reservation takes `most`; a bill outside the interval is worth an alarm. */
export interface TokenInterval {
  readonly least: number;
  readonly expected: number;
  readonly most: number;
}

/**
 * What a model will count for one image, by its family's rule. Bills have been measured that differ from the rules, so
 * the answer is an interval around the rule's count, as wide as the catalog says.
 */
export function estimateImageTokens(rule: ImageRule, size: PixelSize, detail: ImageDetail): TokenInterval {
  const { least, expected, most } = countByRule(rule, size, detail);
  return {
    least: Math.floor(least * rule.billed.least),
    expected: Math.round(expected),
    most: Math.ceil(most * rule.billed.most),
  };
}

function countByRule(rule: ImageRule, size: PixelSize, detail: ImageDetail): TokenInterval {
  switch (rule.rule) {
    case 'openai-tiles':
      return exactly(rule.baseTokens + (detail === 'low' ? 0 : openAiTiles(size) * rule.tileTokens));
    case 'openai-patches': {
      const cap = detail === 'original' ? (rule.maxPatchesOriginal ?? rule.maxPatches) : rule.maxPatches;
      return exactly(patches32(detail === 'low' ? fitInto(size, 512) : size, cap) * rule.multiplier);
    }
    case 'claude-patches': {
      const { patches, tokensByArea } = claudePatches(size, rule);
      return {
        least: Math.min(patches, tokensByArea),
        expected: patches,
        most: Math.max(patches, tokensByArea),
      };
    }
    case 'gemini-tiles':
      return exactly(geminiTiles(size, rule) * rule.tokensPerTile);
    case 'gemini-resolution':
      return exactly(rule[detail]);
    case 'clamped-grid':
      return exactly(clampedGrid(size, rule));
    case 'capped-tiles':
      return exactly((cappedTiles(size, rule) + rule.overviewTiles) * rule.tokensPerTile);
  }
}

const exactly = (tokens: number): TokenInterval => ({ least: tokens, expected: tokens, most: tokens });
