/**
 * Tokens as the provider bills them; all 0 for a model that has none. The first line holds totals, every other number
 * is a share of one of them, whatever a provider's own body counts apart.
 */
export interface ModelUsage {
  /** Everything that went in: text, images, cached and written to the cache. */
  readonly inputTokens: number;
  /** Everything that came out, reasoning too. */
  readonly outputTokens: number;
  /** Of the input: read from the provider's cache. */
  readonly cachedInputTokens: number;
  /** Of the input: written to the provider's cache. */
  readonly cacheWrittenInputTokens: number;
  /** Of the input: images, where the provider tells; 0 where it does not. */
  readonly imageTokens: number;
  /** Of the output: thought, not said. */
  readonly reasoningTokens: number;
}

export const noUsage: ModelUsage = Object.freeze({
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWrittenInputTokens: 0,
  imageTokens: 0,
  reasoningTokens: 0,
});
