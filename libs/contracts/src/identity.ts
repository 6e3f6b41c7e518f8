import { z } from 'zod';

/** A tenant's name: one subject token, lower case, so that it can stand in a NATS subject and a bucket name. */
export const tenantSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'use 1-48 lower-case letters, digits or hyphens, starting with a letter or digit')
  .brand<'Tenant'>();
export type Tenant = z.infer<typeof tenantSchema>;

/** A job's id: one subject token. Clients may choose it, which makes the submission idempotent. */
export const jobIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'use 1-64 letters, digits, hyphens or underscores')
  .brand<'JobId'>();
export type JobId = z.infer<typeof jobIdSchema>;

/** What every message about a job names. */
export const jobKeySchema = z.object({ tenant: tenantSchema, jobId: jobIdSchema });
export type JobKey = z.infer<typeof jobKeySchema>;

/** Moments travel as ISO 8601 in UTC with milliseconds. */
export const momentSchema = z.iso.datetime();

/** Position of a page: `document` counts from 0 in the submission, `page` from 1 in its document. */
export const pageKeySchema = z.object({
  document: z.number().int().nonnegative(),
  page: z.number().int().positive(),
});
export type PageKey = z.infer<typeof pageKeySchema>;
