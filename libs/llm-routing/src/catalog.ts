import { taskKinds } from '@waybill/contracts';
import { z } from 'zod';

/** What one model can do and what it costs. Unknown means not routable: every fact must be stated. */
const catalogEntrySchema = z.strictObject({
  /** `provider/name`, unique in the catalog. */
  id: z.string().regex(/^[a-z0-9-]+\/[A-Za-z0-9._:-]+$/, 'write provider/name'),
  provider: z.string(),
  /** The provider's own name of the model. */
  model: z.string(),
  /** 0 answers by rules and costs nothing; higher tiers are better and dearer. */
  tier: z.number().int().min(0).max(3),
  tasks: z.array(z.enum(taskKinds)).min(1),
  /** What one document costs, in USD. */
  costUsdPerDocument: z.number().nonnegative(),
});
export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

const catalogSchema = z
  .strictObject({
    /** Named by whatever is priced by this catalog. */
    version: z.string().min(1),
    models: z.array(catalogEntrySchema).min(1),
  })
  .refine(
    ({ models }) => new Set(models.map(({ id }) => id)).size === models.length,
    'each model id may stand in the catalog once',
  );
export type Catalog = z.infer<typeof catalogSchema>;

/** Checks a catalog read as data. @throws Error with a sentence for each entry that is wrong. */
export function parseCatalog(data: unknown): Catalog {
  const parsed = catalogSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'catalog'}: ${message}`);
  throw new Error(`The model catalog cannot be used; correct these entries: ${sentences.join('; ')}.`);
}
