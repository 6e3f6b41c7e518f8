import type { Catalog } from '../catalog/catalog.js';
import type { ModelCard } from '../catalog/model-card.js';
import { commonLevel, type SchemaLevel } from './schema-level.js';

/** What a model takes as the schema of an answer: by its own card, by its provider's, or what everybody takes. */
export function schemaLevelOf(
  { providers, schemaLevels }: Pick<Catalog, 'providers' | 'schemaLevels'>,
  { provider, schemaLevel }: Pick<ModelCard, 'provider' | 'schemaLevel'>,
): SchemaLevel {
  const id = schemaLevel ?? providers.find((card) => card.id === provider)?.schemaLevel;
  return schemaLevels.find((level) => level.id === id) ?? commonLevel;
}
