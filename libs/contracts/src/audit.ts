import { z } from 'zod';
import { jobIdSchema, momentSchema, tenantSchema } from './identity.js';

/** What can be done with the content of a job, by the words of the log. */
export const auditedActions = [
  'read-result',
  'read-layout',
  'read-text',
  'read-page',
  'read-page-image',
  'read-dead-letter',
  'purge',
  'purge-again',
] as const;
export type AuditedAction = (typeof auditedActions)[number];

/** One line of the audit log: who asked for what content, when. It never holds content itself. */
export const auditEntrySchema = z.object({
  version: z.literal(1),
  tenant: tenantSchema,
  at: momentSchema,
  /** What may be shown of the credential: a key's prefix, or `token:` and a digest; services name themselves. */
  who: z.string().max(128),
  action: z.enum(auditedActions),
  jobId: jobIdSchema.optional(),
  /** The path that was asked for, without its query. */
  path: z.string().max(256).optional(),
  /** Of a purge: how many of each kind were removed. */
  removed: z.record(z.string(), z.number().int().nonnegative()).optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditQuerySchema = z.strictObject({
  job: jobIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
export const auditListViewSchema = z.object({ entries: z.array(auditEntrySchema) });
export type AuditListView = z.infer<typeof auditListViewSchema>;
