import { z } from 'zod';
import { jobIdSchema, momentSchema, tenantSchema } from './identity.js';

/** How many of each kind a purge has removed. */
export const purgedSchema = z.object({
  /** Bytes by reference: documents, what was made of them, passwords, layouts, page images. */
  blobs: z.number().int().nonnegative(),
  /** Readings in the tenant's cache. */
  readings: z.number().int().nonnegative(),
  /** Paid answers kept for a restart. */
  answers: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
  /** Messages under way, and dead letters. */
  messages: z.number().int().nonnegative(),
  /** Rows of Postgres. */
  rows: z.number().int().nonnegative(),
});
export type Purged = z.infer<typeof purgedSchema>;

/** `DELETE /v1/jobs/{id}?purge=true` */
export const purgeViewSchema = z.object({
  id: jobIdSchema,
  tenant: tenantSchema,
  status: z.literal('purged'),
  purgedAt: momentSchema,
  removed: purgedSchema,
  /** The job was under way: what its workers may still have written is looked for once more after this. */
  againAfter: momentSchema.optional(),
});
export type PurgeView = z.infer<typeof purgeViewSchema>;

/** `DELETE /v1/receipts?before=`: receipts of chats that began before the moment. */
export const deleteReceiptsQuerySchema = z.strictObject({ before: momentSchema });
export const receiptsPurgeViewSchema = z.object({
  tenant: tenantSchema,
  before: momentSchema,
  purgedAt: momentSchema,
  removed: z.object({ receipts: z.number().int().nonnegative() }),
});
export type ReceiptsPurgeView = z.infer<typeof receiptsPurgeViewSchema>;

export const deleteJobQuerySchema = z.strictObject({ purge: z.enum(['true', 'false']).default('false') });
