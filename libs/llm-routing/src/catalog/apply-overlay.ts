import { CatalogError, parseCatalog, type Catalog } from './catalog.js';

type Facts = Record<string, unknown>;

/**
 * A catalog with an operator's corrections, which win. The overlay has the catalog's form, but a card of it may tell
 * only what differs; `null` takes a fact away, a card `{"id": …, "remove": true}` goes altogether. Lists replace lists.
 * @throws CatalogError with a sentence for each entry that is wrong.
 */
export function applyOverlay(catalog: Catalog, overlay: unknown): Catalog {
  if (!isFacts(overlay)) throw new CatalogError('The catalog overlay must be a JSON object with models or providers.');
  const { providers, models, aliases, schemaLevels, ...unknown } = overlay;
  const [stranger] = Object.keys(unknown);
  if (stranger) {
    const known = 'providers, models, aliases and schemaLevels';
    throw new CatalogError(`The catalog overlay knows ${known}; remove "${stranger}".`);
  }
  return parseCatalog({
    providers: mergeCards(catalog.providers, providers, 'providers'),
    models: mergeCards(catalog.models, models, 'models'),
    aliases: merge(catalog.aliases, aliases ?? {}),
    schemaLevels: mergeCards(catalog.schemaLevels, schemaLevels, 'schemaLevels'),
  });
}

function mergeCards(cards: readonly { id: string }[], changes: unknown, list: string): unknown[] {
  if (changes === undefined) return [...cards];
  if (!Array.isArray(changes)) throw new CatalogError(`"${list}" of the catalog overlay must be a list.`);
  const merged = new Map<string, unknown>(cards.map((card) => [card.id, card]));
  for (const change of changes as unknown[]) {
    if (!isFacts(change) || typeof change.id !== 'string') {
      throw new CatalogError(`Each entry of "${list}" in the catalog overlay must have an "id".`);
    }
    if (change.remove === true) merged.delete(change.id);
    else merged.set(change.id, merge(merged.get(change.id) ?? {}, change));
  }
  return [...merged.values()];
}

/** What is of another kind replaces the whole: free prices keep nothing of metered ones. */
function merge(before: unknown, change: unknown): unknown {
  if (!isFacts(before) || !isFacts(change)) return change;
  const discriminants = ['kind', 'rule'];
  if (discriminants.some((name) => change[name] !== undefined && before[name] !== change[name])) return change;
  const merged: Facts = { ...before };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete merged[name];
    else merged[name] = name in before ? merge(before[name], value) : value;
  }
  return merged;
}

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
