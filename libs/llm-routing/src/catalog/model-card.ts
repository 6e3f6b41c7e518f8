import { z } from 'zod';
import { imageRuleSchema } from './image-rule.js';
import { pricesSchema } from './prices.js';
import { sourceSchema } from './source.js';

/** What a model may be asked for. A superset of the tasks that jobs can name today, less those that need no model. */
export const modelTasks = ['extract', 'classify', 'describe', 'answer', 'chart', 'chat'] as const;
export type ModelTask = (typeof modelTasks)[number];

const idSchema = z.string().regex(/^[a-z0-9-]+\/[A-Za-z0-9._:/@-]+$/, 'write provider/model');
const dateSchema = z.iso.date('write a date as 2026-11-21');
const count = z.number().int().positive();

/** Absent means unknown, and what is unknown is not offered: a request that needs it passes the model over. */
const capabilitiesSchema = z.strictObject({
  vision: z.boolean().optional(),
  pdf: z.boolean().optional(),
  tools: z.boolean().optional(),
  /** The provider itself holds the answer to a JSON schema. */
  strictJsonSchema: z.boolean().optional(),
  streaming: z.boolean().optional(),
  /** The model takes a sampling temperature; reasoning models mostly refuse it. */
  temperature: z.boolean().optional(),
});

const limitsSchema = z.strictObject({
  contextTokens: count.optional(),
  maxOutputTokens: count.optional(),
  maxImages: count.optional(),
  maxImageBytes: count.optional(),
  maxImageEdgePx: count.optional(),
  maxRequestBytes: count.optional(),
  imageMediaTypes: z.array(z.string().regex(/^image\/[a-z0-9.+-]+$/)).optional(),
  /** What the provider allows each key of the account a minute; only an overlay can know it. */
  requestsPerMinute: count.optional(),
  tokensPerMinute: count.optional(),
});

/** One dated snapshot of a model: what it can do, what it costs, and since when that is known. */
export const modelCardSchema = z.strictObject({
  /** `provider/model`, unique in the catalog. */
  id: idSchema,
  /** A provider of the catalog. */
  provider: z.string(),
  /** The provider's own name of the snapshot. */
  model: z.string().min(1),
  /** 0 answers by rules; 1 cheap, 2 standard, 3 frontier. */
  tier: z.number().int().min(0).max(3),
  /** What the model suits. Empty: only those who name the model get it. */
  tasks: z.array(z.enum(modelTasks)),
  /** Absent: unknown, so never a candidate. */
  prices: pricesSchema.optional(),
  capabilities: capabilitiesSchema,
  limits: limitsSchema,
  imageRule: imageRuleSchema.optional(),
  /** What it takes as the schema of an answer, when that differs from its provider's level. */
  schemaLevel: z.string().optional(),
  /** Where it runs, when that differs from its provider's regions. */
  regions: z.array(z.string().min(1)).optional(),
  /** From this day on the provider no longer answers as this model. */
  retiresOn: dateSchema.optional(),
  replacedBy: idSchema.optional(),
  sources: z.array(sourceSchema).default([]),
});
export type ModelCard = z.infer<typeof modelCardSchema>;
export type Capability = keyof ModelCard['capabilities'];

/** Who answers, where, and what becomes of what is sent. */
export const providerCardSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'write lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  /** Where requests may be processed: `eu`, `us`, `cn`…; `global` is anywhere. Absent: unknown. */
  regions: z.array(z.string().min(1)).optional(),
  /** Absent: nothing is promised that we know of. */
  retention: z
    .strictObject({
      /** Days that prompts are kept at most. */
      keptDays: z.number().int().nonnegative(),
      usedForTraining: z.boolean(),
      zeroRetention: z.enum(['always', 'by-agreement', 'no']),
    })
    .optional(),
  /** A level of the catalog: what it takes as the schema of an answer. Absent: unknown, so what everybody takes. */
  schemaLevel: z.string().optional(),
  /** It fetches the pictures of a call from addresses. Absent: not known to, so they go inline. */
  imageUrls: z.boolean().optional(),
  /** Calls under way at once, of all workers together. */
  maxConcurrentCalls: count.optional(),
  sources: z.array(sourceSchema).default([]),
});
export type ProviderCard = z.infer<typeof providerCardSchema>;

export const aliasIdSchema = idSchema;
