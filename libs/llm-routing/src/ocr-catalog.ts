import { z } from 'zod';

/** What one way of reading pages costs. Unknown means not usable: every fact must be stated. */
const ocrPriceSchema = z.strictObject({
  /** `engine/model`, unique in the catalog. */
  id: z.string().regex(/^[a-z0-9-]+\/[A-Za-z0-9._+-]+$/, 'write engine/model'),
  engine: z.string(),
  /** The provider's own name of the model or of the set of features. */
  model: z.string(),
  /** As for models: 0 costs nothing, higher tiers are dearer. */
  tier: z.number().int().min(1).max(3),
  /** What the provider counts. */
  unit: z.enum(['page', 'credit']),
  costUsdPerUnit: z.number().positive(),
  /** The most units that one page is billed. */
  mostUnitsPerPage: z.number().positive(),
  /** Where the price stands. */
  source: z.string().min(1),
  /** The day it was looked up; null for a published price that nobody has looked up again since it was entered. */
  checked: z.iso.date().nullable(),
});
export type OcrPrice = z.infer<typeof ocrPriceSchema>;

const ocrCatalogSchema = z
  .strictObject({ version: z.string().min(1), prices: z.array(ocrPriceSchema).min(1) })
  .refine(
    ({ prices }) => new Set(prices.map(({ id }) => id)).size === prices.length,
    'each engine and model may stand in the catalog once',
  )
  .refine(
    ({ prices }) => prices.every(({ id, engine, model }) => id === `${engine}/${model}`),
    'an id is its engine and its model',
  );
export type OcrCatalog = z.infer<typeof ocrCatalogSchema>;

/** Checks a catalog read as data. @throws Error with a sentence for each entry that is wrong. */
export function parseOcrCatalog(data: unknown): OcrCatalog {
  const parsed = ocrCatalogSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'catalog'}: ${message}`);
  throw new Error(`The catalog of OCR engines cannot be used; correct these entries: ${sentences.join('; ')}.`);
}

/** The price of an engine's model; undefined when it is not known, and then the engine may not be used. */
export const ocrPriceOf = (catalog: OcrCatalog, engine: string, model: string): OcrPrice | undefined =>
  catalog.prices.find((price) => price.engine === engine && price.model === model);
