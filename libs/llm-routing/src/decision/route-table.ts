import type { Catalog } from '../catalog/catalog.js';
import { regionsOf } from '../catalog/find-model.js';
import type { ImageRule } from '../catalog/image-rule.js';
import type { ModelCard, ProviderCard } from '../catalog/model-card.js';
import { serviceLevels, type PriceSheet, type ServiceLevel } from '../catalog/prices.js';
import type { RoutingPolicy } from '../policy/routing-policy.js';

/** US dollars a token, for ranking; what is reserved and booked is counted in whole picodollars. */
interface TokenRates {
  readonly inputUsd: number;
  readonly imageUsd: number;
  readonly outputUsd: number;
  /** What a token of text costs less when it comes from the provider's cache. */
  readonly cacheSavingUsd: number;
}

/** What a service level of a model costs. */
export interface RankingPrices extends TokenRates {
  readonly usdPerImage: number;
  /** A call with more input is priced by the last step that it passes; ascending. */
  readonly steps: readonly (TokenRates & { readonly aboveInputTokens: number })[];
}

/** A card with all that a decision asks of it, found once. */
export interface RouteEntry {
  readonly card: ModelCard;
  readonly provider: ProviderCard | undefined;
  readonly regions: readonly string[] | undefined;
  /** Position in the table's image rules, the same for all cards whose images count alike; -1 without a rule. */
  readonly imageRule: number;
  readonly prices: Readonly<Partial<Record<ServiceLevel, RankingPrices>>>;
}

/** A catalog and a policy, made ready for decisions. Built once for each pair. */
export interface RouteTable {
  readonly catalog: Catalog;
  readonly policy: RoutingPolicy;
  /** Cheap ones first. */
  readonly entries: readonly RouteEntry[];
  readonly imageRules: readonly ImageRule[];
}

export function buildRouteTable(catalog: Catalog, policy: RoutingPolicy): RouteTable {
  const ruleNumbers = new Map<string, number>();
  const imageRules: ImageRule[] = [];
  const numberOf = ({ imageRule }: ModelCard): number => {
    if (!imageRule) return -1;
    const key = JSON.stringify(imageRule);
    const known = ruleNumbers.get(key);
    if (known !== undefined) return known;
    ruleNumbers.set(key, imageRules.length);
    return imageRules.push(imageRule) - 1;
  };
  const providers = new Map(catalog.providers.map((provider) => [provider.id, provider]));
  const entries = catalog.models.map((card) => ({
    card,
    provider: providers.get(card.provider),
    regions: regionsOf(catalog, card),
    imageRule: numberOf(card),
    prices: pricesOf(card),
  }));
  const usualUsd = ({ prices }: RouteEntry): number =>
    (prices.standard?.inputUsd ?? 1) + (prices.standard?.outputUsd ?? 1);
  entries.sort((a, b) => usualUsd(a) - usualUsd(b) || (a.card.id < b.card.id ? -1 : 1));
  return { catalog, policy, entries, imageRules };
}

const free: RankingPrices = { inputUsd: 0, imageUsd: 0, outputUsd: 0, cacheSavingUsd: 0, usdPerImage: 0, steps: [] };

function pricesOf({ prices }: ModelCard): Partial<Record<ServiceLevel, RankingPrices>> {
  if (!prices) return {};
  if (prices.kind === 'free') return { standard: free, batch: free, flex: free, priority: free };
  return Object.fromEntries(
    serviceLevels.flatMap((level) => {
      const sheet = prices.usdPerMillion[level];
      return sheet ? [[level, rankingPricesOf(sheet)]] : [];
    }),
  );
}

/** Without a price of their own, cached tokens cost what all others do. */
function rankingPricesOf(sheet: PriceSheet): RankingPrices {
  type Rates = Pick<PriceSheet, 'input' | 'image' | 'output' | 'cacheRead'>;
  const rates = ({ input, image, output, cacheRead }: Rates): TokenRates => ({
    inputUsd: input / 1e6,
    imageUsd: (image ?? input) / 1e6,
    outputUsd: output / 1e6,
    cacheSavingUsd: Math.max(0, input - (cacheRead ?? input)) / 1e6,
  });
  const steps = (sheet.longContext ?? [])
    .map((step) => ({ ...rates(step), aboveInputTokens: step.aboveInputTokens }))
    .sort((a, b) => a.aboveInputTokens - b.aboveInputTokens);
  return { ...rates(sheet), usdPerImage: sheet.usdPerImage ?? 0, steps };
}
