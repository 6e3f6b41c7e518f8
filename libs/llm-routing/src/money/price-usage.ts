import type { PriceSheet, Prices, ServiceLevel } from '../catalog/prices.js';
import { picodollarsOf, picodollarsPerToken, type Picodollars } from './picodollars.js';
import type { ModelUsage } from './usage.js';

/** What a call used besides tokens. */
export interface UnitsUsed {
  readonly pages?: number;
  readonly images?: number;
}

/**
 * What a call cost. A kind of token without a price of its own is billed as its total is: cached, cache-written and
 * image tokens as input, reasoning as output. So an unknown discount never understates the cost.
 * @throws RangeError when the service level has no price.
 */
export function priceUsage(
  prices: Prices,
  usage: ModelUsage,
  level: ServiceLevel = 'standard',
  units: UnitsUsed = {},
): Picodollars {
  if (prices.kind === 'free') return 0n;
  const sheet = prices.usdPerMillion[level];
  if (!sheet) throw new RangeError(`The catalog has no ${level} price for this model; ask for the standard service.`);
  const rates = ratesFor(sheet, usage.inputTokens);
  const count = (tokens: number, usdPerMillion: number) => BigInt(tokens) * picodollarsPerToken(usdPerMillion);
  // An image price of its own counts only what is neither cached nor written: those are billed by their own prices.
  const special = usage.cachedInputTokens + usage.cacheWrittenInputTokens;
  const images = rates.image === undefined ? 0 : Math.min(usage.imageTokens, Math.max(0, usage.inputTokens - special));
  return (
    count(Math.max(0, usage.inputTokens - special - images), rates.input) +
    count(images, rates.image ?? rates.input) +
    count(usage.cachedInputTokens, rates.cacheRead ?? rates.input) +
    count(usage.cacheWrittenInputTokens, rates.cacheWrite ?? rates.input) +
    count(Math.max(0, usage.outputTokens - usage.reasoningTokens), rates.output) +
    count(usage.reasoningTokens, rates.reasoning ?? rates.output) +
    ofUnits(units.pages, sheet.usdPerPage) +
    ofUnits(units.images, sheet.usdPerImage)
  );
}

const ofUnits = (units = 0, usdEach = 0): Picodollars =>
  units === 0 || usdEach === 0 ? 0n : BigInt(units) * picodollarsOf(usdEach);

type Rates = Omit<PriceSheet, 'longContext' | 'usdPerPage' | 'usdPerImage'>;

/** A long-context step reprices the whole call, not only what lies above it: so bill OpenAI, Google and Anthropic. */
function ratesFor(sheet: PriceSheet, inputTokens: number): Rates {
  let [rates, above]: [Rates, number] = [sheet, -1];
  for (const step of sheet.longContext ?? []) {
    if (inputTokens <= step.aboveInputTokens || step.aboveInputTokens <= above) continue;
    [rates, above] = [step, step.aboveInputTokens];
  }
  return rates;
}
