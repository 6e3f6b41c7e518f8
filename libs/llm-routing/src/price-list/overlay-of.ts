import type { Catalog } from '../catalog/catalog.js';
import type { Prices } from '../catalog/prices.js';
import type { ImportedModel } from './imported-model.js';

/** Where the list came from, for the cards' sources. */
export interface PriceListOrigin {
  readonly at: string;
  readonly asOf: string;
}

/**
 * An overlay with models that the catalog lacks. A price list says neither what a model suits nor how it counts
 * images: each suits no task until somebody says so, and its tier is guessed from its price.
 */
export function overlayOf(catalog: Catalog, models: readonly ImportedModel[], origin: PriceListOrigin): object {
  const known = new Set(catalog.providers.map(({ id }) => id));
  const strangers = [...new Set(models.map(({ card }) => card.provider))].filter((id) => !known.has(id));
  const sources = [{ of: 'prices, capabilities, limits', ...origin }];
  return {
    providers: strangers.map((id) => ({ id, title: id })),
    models: models.map(({ card }) => ({ ...card, tier: tierOf(card.prices), tasks: [], sources })),
  };
}

/** By the price of output, which is what good models make dear. */
function tierOf(prices: Prices | undefined): number {
  if (prices?.kind !== 'metered') return 3;
  const { output } = prices.usdPerMillion.standard;
  return output <= 1 ? 1 : output <= 8 ? 2 : 3;
}
