import type { Catalog } from './catalog.js';
import { compareCards, type FactDifference } from './compare-cards.js';

export interface ChangedCard {
  readonly id: string;
  readonly differences: readonly FactDifference[];
}

/** What leads from one catalog to another; ids of providers, models, levels and aliases. */
export interface CatalogDifference {
  readonly before: string;
  readonly after: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ChangedCard[];
}

export function diffCatalogs(before: Catalog, after: Catalog): CatalogDifference {
  const [old, now] = [cardsOf(before), cardsOf(after)];
  return {
    before: before.version,
    after: after.version,
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now].flatMap(([id, card]) => {
      const differences = compareCards(old.get(id) ?? card, card);
      return differences.length > 0 ? [{ id, differences }] : [];
    }),
  };
}

const cardsOf = ({ providers, models, aliases, schemaLevels }: Catalog): Map<string, object> =>
  new Map<string, object>([
    ...providers.map((provider) => [`provider ${provider.id}`, provider] as const),
    ...models.map((model) => [model.id, model] as const),
    ...schemaLevels.map((level) => [`schema level ${level.id}`, level] as const),
    ...Object.entries(aliases).map(([alias, target]) => [`alias ${alias}`, { target }] as const),
  ]);
