import { z } from 'zod';

const count = z.number().int().positive();

/** By how much bills differ from the rule: the estimate is the interval between both shares of it. */
const billed = z
  .strictObject({ least: z.number().positive().max(1), most: z.number().min(1) })
  .default({ least: 0.9, most: 1.1 });

/**
 * How a family counts an image in tokens; the parameters are the model's. Sources and values to test against:
 * docs/catalog.md.
 */
export const imageRuleSchema = z.discriminatedUnion('rule', [
  /** OpenAI until gpt-5.1: tiles of 512 px after fitting into 2048 px and shrinking the short side to 768 px. */
  z.strictObject({ rule: z.literal('openai-tiles'), baseTokens: count, tileTokens: count, billed }),
  /** OpenAI's smaller models, and all from 5.4 on: patches of 32 px, shrunk to a cap, times a factor. */
  z.strictObject({
    rule: z.literal('openai-patches'),
    multiplier: z.number().positive(),
    maxPatches: count,
    /** The cap at detail `original`; without one, that detail is not offered. */
    maxPatchesOriginal: count.optional(),
    billed,
  }),
  /** Claude: shrunk to a long edge and a cap, then patches of 28 px; the older count of w x h / 750 widens the interval. */
  z.strictObject({ rule: z.literal('claude-patches'), maxEdgePx: count, maxTokens: count, billed }),
  /** Gemini 2: small pictures count once, others by tiles of 768 px. */
  z.strictObject({
    rule: z.literal('gemini-tiles'),
    smallEdgePx: count,
    tilePx: count,
    tokensPerTile: count,
    billed,
  }),
  /** Gemini 3: a fixed count for each media resolution. */
  z.strictObject({
    rule: z.literal('gemini-resolution'),
    low: count,
    medium: count,
    high: count,
    original: count,
    billed,
  }),
  /** Qwen-VL: a grid of patches, the picture resized until their number lies between two limits. */
  z.strictObject({ rule: z.literal('clamped-grid'), patchPx: count, minTokens: count, maxTokens: count, billed }),
  /** Llama vision and Grok: tiles, at most so many, and a count for each, with or without an overview tile. */
  z.strictObject({
    rule: z.literal('capped-tiles'),
    tilePx: count,
    maxTiles: count,
    tokensPerTile: count,
    overviewTiles: z.number().int().nonnegative(),
    billed,
  }),
]);
export type ImageRule = z.infer<typeof imageRuleSchema>;
/** A rule as a catalog file may write it, with the interval left to its default. */
export type ImageRuleInput = z.input<typeof imageRuleSchema>;
