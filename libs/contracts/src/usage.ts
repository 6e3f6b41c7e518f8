import { z } from 'zod';
import { jobIdSchema, momentSchema } from './identity.js';

/**
 * What usage can be grouped by. `kind` is the kind of document; `page` is `job/document/page`; `image` is the same of the
 * page whose picture was sent, or of the picture's number in a chat; `key` is what may be shown of the credential;
 * `service` is `standard`, `batch`, `flex` or `priority` as billed, and null for what was read by an engine or by rules.
 */
export const usageDimensions = [
  'hour',
  'day',
  'month',
  'tenant',
  'key',
  'tag',
  'job',
  'document',
  'page',
  'image',
  'model',
  'provider',
  'tier',
  'service',
  'task',
  'kind',
  'purpose',
  'catalog',
] as const;
export type UsageDimension = (typeof usageDimensions)[number];

export const usageFormats = ['json', 'csv'] as const;

/** Whose: the caller's tenant, or for the operator's admins every tenant. */
export const usageTenants = ['own', 'all'] as const;

export const usageQuerySchema = z
  .strictObject({
    /** One or several dimensions, separated by commas; none gives the totals alone. */
    by: z
      .string()
      .transform((text) => text.split(',').filter(Boolean))
      .pipe(z.array(z.enum(usageDimensions)).min(1).max(5))
      .refine((names) => new Set(names).size === names.length, 'name each dimension once')
      .optional(),
    /** Booked at or after; absent, 30 days before `to`. */
    from: momentSchema.optional(),
    /** Booked before; absent, now. */
    to: momentSchema.optional(),
    tag: z.string().min(1).max(64).optional(),
    job: jobIdSchema.optional(),
    model: z.string().min(1).max(256).optional(),
    /** What may be shown of an API key (`wb_live_…`, without its secret) or token. */
    key: z.string().min(1).max(128).optional(),
    tenants: z.enum(usageTenants).default('own'),
    format: z.enum(usageFormats).default('json'),
    /** The dearest groups; the totals count all. */
    limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    path: ['from'],
    message: 'from lies before to',
  });
export type UsageQuery = z.infer<typeof usageQuerySchema>;

const count = z.number().nonnegative();

/** Sums over ledger rows. Where a row is shared out over pages, its counts are fractions. */
export const usageSumsSchema = z.object({
  calls: count,
  costUsd: count,
  inputTokens: count,
  cachedInputTokens: count,
  imageTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  /** Input tokens as estimated before the calls, of calls that had an estimate. */
  estimatedInputTokens: count,
  images: count,
  pages: count,
  /** The part of the cost that a simulator answered for: nobody sends a bill. */
  simulatedCostUsd: count,
});
export type UsageSums = z.infer<typeof usageSumsSchema>;

/** The pictures of a group, when it is grouped by `image`. */
export const usageImageSchema = z.object({
  /** How often it went out: to several models, or in several crops. */
  sent: count,
  /** Tokens as estimated before the calls. */
  estimatedTokens: count,
  /** Tokens as billed, of the calls whose provider tells the tokens of images apart; absent where none does. */
  billedTokens: count.optional(),
  bytes: count,
  /** The largest that was sent, in pixels. */
  widthPx: count,
  heightPx: count,
  /** At which detail, where that was said. */
  details: z.array(z.string()),
});
export type UsageImage = z.infer<typeof usageImageSchema>;

/** One group: its place in each dimension that was asked for, null where the ledger does not say. */
export const usageRowSchema = usageSumsSchema.extend({
  group: z.partialRecord(z.enum(usageDimensions), z.string().nullable()),
  image: usageImageSchema.optional(),
});
export type UsageRow = z.infer<typeof usageRowSchema>;

const openCallsSchema = z.object({ calls: count, mostUsd: count });

/** How a limit of pages stands. */
export const pageQuotaViewSchema = z.object({
  of: z.enum(['tenant', 'key']),
  window: z.enum(['day', 'month']),
  limit: count,
  used: count,
  left: count,
  turnsAt: momentSchema,
});
export type PageQuotaView = z.infer<typeof pageQuotaViewSchema>;

export const usageViewSchema = z.object({
  from: momentSchema,
  to: momentSchema,
  by: z.array(z.enum(usageDimensions)),
  /** Dearest first. */
  rows: z.array(usageRowSchema),
  /** True when there are more groups than were asked for. */
  isCut: z.boolean(),
  totals: usageSumsSchema,
  /** Calls under way now, at the upper ends of their estimates. */
  reserved: openCallsSchema,
  /** Calls of which nobody knows whether they were paid: their worker ended in between. */
  unconfirmed: openCallsSchema,
  /** The limits of pages that hold for the caller; absent where there is none. */
  pageLimits: z.array(pageQuotaViewSchema).optional(),
});
export type UsageView = z.infer<typeof usageViewSchema>;
