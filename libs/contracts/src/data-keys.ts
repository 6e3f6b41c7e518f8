import { z } from 'zod';
import { momentSchema } from './identity.js';

/** A key that encrypts a tenant's content, as it is kept: wrapped by a master key, without which nobody reads it. */
const wrappedDataKeySchema = z.object({
  /** Names it in what it has sealed. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  madeAt: momentSchema,
  /** The name of the master key that wrapped it. */
  masterKey: z.string().min(1).max(512),
  wrapped: z.base64(),
});

/** The data keys of one tenant, the one that seals now first. None are left when they were erased. */
export const dataKeyRecordSchema = z.object({
  version: z.literal(1),
  /** A tenant, or `_house` for what belongs to none. */
  tenant: z.string().regex(/^(_house|[a-z0-9][a-z0-9-]{0,47})$/),
  keys: z.array(wrappedDataKeySchema),
  erasedAt: momentSchema.optional(),
});
export type DataKeyRecord = z.infer<typeof dataKeyRecordSchema>;
