import type { Catalog } from './catalog.js';
import type { ModelCard } from './model-card.js';

/** The card of a snapshot, by its id or by an alias; undefined when the catalog has neither. */
export function findModel(catalog: Catalog, idOrAlias: string): ModelCard | undefined {
  const id = catalog.aliases[idOrAlias] ?? idOrAlias;
  return catalog.models.find((model) => model.id === id);
}

/** Where a model may process what it is sent: its own regions, else its provider's; undefined when unknown. */
export function regionsOf(catalog: Catalog, { provider, regions }: ModelCard): readonly string[] | undefined {
  return regions ?? catalog.providers.find(({ id }) => id === provider)?.regions;
}
