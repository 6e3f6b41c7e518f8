import type { RankingPrices } from './route-table.js';

/** What a call takes in and gives out. */
export interface CountedTokens {
  readonly input: number;
  /** Of the input. */
  readonly images: number;
  /** Of the input, those expected to be billed as cached; text is counted first. */
  readonly cached: number;
  readonly output: number;
  readonly pictures: number;
}

/** US dollars of a call at a model's prices, long-context steps included. */
export function costOfTokens(
  prices: RankingPrices,
  { input, images, cached, output, pictures }: CountedTokens,
): number {
  const { inputUsd, imageUsd, outputUsd, cacheSavingUsd } =
    prices.steps.findLast(({ aboveInputTokens }) => input > aboveInputTokens) ?? prices;
  const seen = Math.min(input, images);
  const full = (input - seen) * inputUsd + seen * imageUsd + output * outputUsd + pictures * prices.usdPerImage;
  return full - Math.min(cached, input - seen) * cacheSavingUsd;
}
