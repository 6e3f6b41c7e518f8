import { z } from 'zod';
import { difficultySchema, pageClassSchema, pageKinds, pageKindSchema } from './classification.js';
import { failureSchema } from './failure.js';
import { guardrailReportSchema } from './guardrail-report.js';
import { hopSchema } from './hop.js';
import { boxSchema } from './page-box.js';
import { billedTokensSchema, documentRouteSchema } from './route-receipt.js';
import { taskKinds } from './task.js';

/** What a document turned out to be. */
export const documentKinds = [...pageKinds, 'unknown'] as const;
export const documentKindSchema = z.enum(documentKinds);
export type DocumentKind = z.infer<typeof documentKindSchema>;

/** One leaf of an extracted answer, grounded in words on a page. */
export const extractedFieldSchema = z.object({
  /** JSON Pointer (RFC 6901) into `values`, for example `/lineItems/0/amount`. */
  path: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  /** Probability that the value is right, 0..1; 0 for null. */
  confidence: z.number().min(0).max(1),
  /** Where it stands; absent for null. */
  page: z.number().int().positive().optional(),
  boxes: z.array(boxSchema),
  words: z.array(z.number().int().nonnegative()),
  /** Why the value is null, as a sentence. */
  reason: z.string().optional(),
  /** False for a value that a model gave and that does not stand on the page; then it is to be doubted. */
  grounded: z.boolean().optional(),
});
export type ExtractedField = z.infer<typeof extractedFieldSchema>;

/** What a model or an engine is used for. */
export const usePurposes = ['read', 'answer', 'verify', 'classify', 'chat'] as const;
export type UsePurpose = (typeof usePurposes)[number];

/** Who answered, or read pages for money, and what it cost. */
export const modelUseSchema = z.object({
  model: z.string(),
  tier: z.number().int().nonnegative(),
  costUsd: z.number().nonnegative(),
  durationMs: z.number().nonnegative(),
  /** What reads was booked page by page, as it was read. */
  purpose: z.enum(usePurposes).optional(),
  /** The catalog that priced it. */
  catalogVersion: z.string().optional(),
  /** The reservation that it was settled under; what has one is in the ledger since then. */
  reservation: z.string().optional(),
  usage: billedTokensSchema.optional(),
  /** True when a simulator answered instead of the provider. */
  simulated: z.boolean().optional(),
});
export type ModelUse = z.infer<typeof modelUseSchema>;

/** What a page turned out to be, and how hard the task was on it, 0..1. */
export const pageFactsSchema = z.object({
  page: z.number().int().positive(),
  kind: pageKindSchema,
  class: pageClassSchema,
  /** Probability of `kind`. */
  confidence: z.number().min(0).max(1),
  difficulty: z.number().min(0).max(1),
});
export type PageFacts = z.infer<typeof pageFactsSchema>;

export const documentResultSchema = z.object({
  document: z.number().int().nonnegative(),
  name: z.string().optional(),
  mediaType: z.string(),
  kind: documentKindSchema,
  pages: z.number().int().nonnegative(),
  pagesRead: z.number().int().nonnegative(),
  /** Mean word confidence over the pages read, 0..1; null when there are no words. */
  readingConfidence: z.number().min(0).max(1).nullable(),
  /** Of the task on this document, with what it is made of. */
  difficulty: difficultySchema.optional(),
  /** The pages that were read and looked at, in order. */
  pageFacts: z.array(pageFactsSchema).optional(),
  /** For `extract`: an instance of the schema; what was not found is null. For other kinds: docs/task-kinds.md. */
  values: z.record(z.string(), z.unknown()).optional(),
  fields: z.array(extractedFieldSchema).optional(),
  models: z.array(modelUseSchema),
  /** What guardrails found and did; absent where nothing was inspected. */
  guardrails: guardrailReportSchema.optional(),
  problems: z.array(failureSchema),
});
export type DocumentResult = z.infer<typeof documentResultSchema>;

export const jobResultSchema = z.object({
  version: z.literal(1),
  task: z.enum(taskKinds),
  documents: z.array(documentResultSchema),
  /** How each document was routed; absent where no model was needed. */
  routes: z.array(documentRouteSchema).optional(),
  /** Wherever content of the job was; absent where neither the job nor the installation names regions. */
  hops: z.array(hopSchema).optional(),
});
export type JobResult = z.infer<typeof jobResultSchema>;
