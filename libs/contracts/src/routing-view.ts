import { z } from 'zod';
import { routeCandidateSchema } from './route-receipt.js';
import { routingSchema } from './submission.js';

const usd = z.number().nonnegative();

/** A model of the catalog, as far as it matters to who chooses. What is absent is not known. */
export const modelViewSchema = z.object({
  id: z.string(),
  provider: z.string(),
  tier: z.number().int().min(0).max(3),
  tasks: z.array(z.string()),
  /** `unknown` is never a candidate. */
  pricing: z.enum(['free', 'metered', 'unknown']),
  /** US dollars a million tokens. */
  price: z.object({ input: usd, output: usd, cacheRead: usd.optional() }).optional(),
  capabilities: z.array(z.string()),
  contextTokens: z.number().int().positive().optional(),
  maxOutputTokens: z.number().int().positive().optional(),
  retiresOn: z.string().optional(),
});
export type ModelView = z.infer<typeof modelViewSchema>;

export const providerViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  regions: z.array(z.string()).optional(),
  keptDays: z.number().int().nonnegative().optional(),
  usedForTraining: z.boolean().optional(),
  zeroRetention: z.enum(['always', 'by-agreement', 'no']).optional(),
  /** Whether this deployment has what it takes to ask it, as far as results is told. */
  isConfigured: z.boolean(),
});
export type ProviderView = z.infer<typeof providerViewSchema>;

/** By what routes are chosen at present. */
export const routingViewSchema = z.object({
  catalogVersion: z.string(),
  models: z.array(modelViewSchema),
  providers: z.array(providerViewSchema),
  /** As in docs/routing.md. */
  policy: z.record(z.string(), z.unknown()),
});
export type RoutingView = z.infer<typeof routingViewSchema>;

/** A piece of work described by hand. */
export const routeQuestionSchema = z.strictObject({
  task: z.enum(['extract', 'classify', 'describe', 'answer', 'chart', 'chat']),
  /** `unknown` when it is not known. */
  documentKind: z.string().min(1).max(64).default('unknown'),
  /** 0..1 */
  difficulty: z.number().min(0).max(1).default(0.3),
  pages: z.number().int().min(1).max(1_000).default(1),
  wordsPerPage: z.number().int().min(0).max(5_000).default(300),
  /** What words carry of the pages, 0..1: 1 for clean print, less for pictures and poor scans. */
  soundness: z.number().min(0).max(1).default(0.9),
  /** Whether pages can be sent as pictures. */
  pictures: z.enum(['available', 'none']).default('available'),
  outputTokens: z.number().int().min(1).max(100_000).default(300),
  routing: routingSchema.pick({ tier: true, maxCostUsd: true, regions: true, sensitivity: true }).default({}),
  /** Milliseconds until the deadline. */
  leftMs: z.number().int().positive().default(3_600_000),
  /** `configured` leaves out providers that cannot be asked here. */
  providers: z.enum(['configured', 'all']).default('configured'),
});
export type RouteQuestion = z.infer<typeof routeQuestionSchema>;

export const candidateViewSchema = routeCandidateSchema.extend({
  expectedUsd: usd,
  latencyMs: z.number().nonnegative(),
});
export type CandidateView = z.infer<typeof candidateViewSchema>;

/** Where such work would go now, and what speaks against every other model. Nothing is asked and nothing is spent. */
export const routeExplanationSchema = z.object({
  kind: z.enum(['route', 'wait', 'none']),
  catalogVersion: z.string(),
  chosen: candidateViewSchema.optional(),
  /** Where an escalation would go, in order. */
  next: z.array(candidateViewSchema),
  /** Each with the end of a sentence that begins with the model. */
  exclusions: z.array(
    z.object({ model: z.string(), form: z.string().optional(), code: z.string(), reason: z.string() }),
  ),
});
export type RouteExplanation = z.infer<typeof routeExplanationSchema>;
