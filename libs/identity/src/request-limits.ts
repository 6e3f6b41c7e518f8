import { tenantSchema, type Tenant } from '@waybill/contracts';
import { z } from 'zod';

const pagesSchema = z.number().int().positive().max(1_000_000_000).optional();

const useLimitsSchema = z
  .strictObject({
    requestsPerSecond: z.number().positive().max(1_000_000).optional(),
    /** Requests that may come at once; twice a second's when absent. */
    burst: z.number().int().positive().max(10_000_000).optional(),
    /** Pages of accepted jobs that may be read in a day, and in a calendar month, by UTC. */
    pagesPerDay: pagesSchema,
    pagesPerMonth: pagesSchema,
  })
  .refine(({ requestsPerSecond, burst }) => burst === undefined || requestsPerSecond !== undefined, {
    message: 'a burst needs requestsPerSecond',
  });
/** What one tenant, or one credential, may use. */
export type UseLimits = z.infer<typeof useLimitsSchema>;
export type RequestRate = UseLimits & { readonly requestsPerSecond: number };

export const isRated = (limits: UseLimits | undefined): limits is RequestRate =>
  limits?.requestsPerSecond !== undefined;

const ratesSchema = z.strictObject({
  /** Of the tenant as a whole. */
  tenant: useLimitsSchema.optional(),
  /** Of each of its credentials. */
  key: useLimitsSchema.optional(),
});
export type RequestRates = z.infer<typeof ratesSchema>;

const requestLimitsSchema = z.strictObject({
  version: z.literal(1),
  default: ratesSchema.default({}),
  tenants: z.record(tenantSchema, ratesSchema).default({}),
});
export type RequestLimits = z.infer<typeof requestLimitsSchema>;

/** @throws Error with a sentence for each entry that is wrong */
export function parseRequestLimits(value: unknown): RequestLimits {
  const parsed = requestLimitsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new Error(`${sentences.join('; ')}.`);
}

/** A tenant that is named has its own entry only; nothing of the default is added to it. */
export const ratesOf = ({ default: others, tenants }: RequestLimits, tenant: Tenant): RequestRates =>
  tenants[tenant] ?? others;
