import { z } from 'zod';
import { schemaLevelSchema } from '../schema-level/schema-level.js';
import { catalogVersion } from './catalog-version.js';
import { aliasIdSchema, modelCardSchema, providerCardSchema } from './model-card.js';

const catalogDataSchema = z
  .strictObject({
    providers: z.array(providerCardSchema).min(1),
    models: z.array(modelCardSchema).min(1),
    /** An undated name and the snapshot that it stands for here; it moves only when the catalog does. */
    aliases: z.record(aliasIdSchema, aliasIdSchema).default({}),
    /** What providers take as the schema of an answer; their cards name one. */
    schemaLevels: z.array(schemaLevelSchema).default([]),
  })
  .superRefine(({ providers, models, aliases, schemaLevels }, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const known = new Set(providers.map(({ id }) => id));
    const ids = new Set<string>();
    models.forEach(({ id, provider, replacedBy }, index) => {
      if (ids.has(id)) refuse(['models', index, 'id'], `${id} stands in the catalog twice; keep one`);
      ids.add(id);
      if (!known.has(provider)) refuse(['models', index, 'provider'], `add "${provider}" to the providers`);
      if (replacedBy === id) refuse(['models', index, 'replacedBy'], 'a model cannot replace itself');
    });
    const levels = new Set(schemaLevels.map(({ id }) => id));
    if (levels.size !== schemaLevels.length) refuse(['schemaLevels'], 'each level id may stand there once');
    const checkLevel = (list: 'providers' | 'models') => {
      for (const [index, { schemaLevel }] of { providers, models }[list].entries()) {
        if (schemaLevel === undefined || levels.has(schemaLevel)) continue;
        refuse([list, index, 'schemaLevel'], `add "${schemaLevel}" to the schemaLevels, or name one of them`);
      }
    };
    checkLevel('providers');
    checkLevel('models');
    if (known.size !== providers.length) refuse(['providers'], 'each provider id may stand there once');
    for (const [alias, target] of Object.entries(aliases)) {
      if (ids.has(alias)) refuse(['aliases', alias], 'this is the id of a model; choose another alias');
      if (!ids.has(target)) refuse(['aliases', alias], `${target} is not in the catalog; name a model that is`);
    }
  });

export type CatalogData = z.infer<typeof catalogDataSchema>;

/** The models of an installation at one moment. */
export interface Catalog extends CatalogData {
  /** A digest of everything in it; whatever is priced names it. */
  readonly version: string;
}

/** A catalog or an overlay that cannot be used; the message says what to correct. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
}

/** Checks a catalog read as data. @throws CatalogError with a sentence for each entry that is wrong. */
export function parseCatalog(data: unknown): Catalog {
  const parsed = catalogDataSchema.safeParse(data);
  if (parsed.success) return Object.freeze({ version: catalogVersion(parsed.data), ...parsed.data });
  const sentences = parsed.error.issues.map(({ path, message }) => `${placeOf(data, path)}: ${message}`);
  throw new CatalogError(`The model catalog cannot be used; correct these entries: ${sentences.join('; ')}.`);
}

/** A place a person can find: the model's id instead of its number. */
function placeOf(data: unknown, path: readonly PropertyKey[]): string {
  const [list, index, ...rest] = path;
  const id = (data as Record<string, { id?: unknown }[]> | null)?.[String(list)]?.[Number(index)]?.id;
  if (typeof id === 'string') return [id, ...rest].join('.');
  return path.join('.') || 'catalog';
}
