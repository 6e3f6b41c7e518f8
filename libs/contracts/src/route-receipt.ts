import { z } from 'zod';
import { guardrailCountSchema } from './guardrail-report.js';
import { momentSchema } from './identity.js';

const usd = z.number().nonnegative();
const tokens = z.number().int().nonnegative();

/** Tokens as they were billed; the first two are totals, the others shares of them. */
export const billedTokensSchema = z.object({
  inputTokens: tokens,
  outputTokens: tokens,
  cachedInputTokens: tokens,
  cacheWrittenInputTokens: tokens,
  imageTokens: tokens,
  reasoningTokens: tokens,
});
export type BilledTokens = z.infer<typeof billedTokensSchema>;

/** A picture that was sent with a call. */
export const sentImageSchema = z.object({
  /** Counts from 1 in the document. */
  page: z.number().int().positive(),
  estimatedTokens: tokens,
  /** Its share of the image tokens of the bill, where the provider tells them apart. */
  billedTokens: tokens.optional(),
  bytes: z.number().int().nonnegative(),
  /** In pixels, as sent. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  detail: z.enum(['low', 'high', 'original']).optional(),
  /** How it went, where not simply inline: from an address that the provider fetched, or inline after it could not. */
  sentBy: z.enum(['signed-url', 'inline-after-signed-url']).optional(),
});
export type SentImage = z.infer<typeof sentImageSchema>;

/** What a call was expected to take and to give, before it was made. */
export const callEstimateSchema = z.object({
  inputTokens: z.object({ least: tokens, expected: tokens, most: tokens }),
  cost: z.object({ leastUsd: usd, expectedUsd: usd, mostUsd: usd }),
  /** Predicted share of right answers, 0..1. */
  quality: z.number().min(0).max(1),
  latencyMs: z.number().nonnegative(),
});

/** Another model that could have been asked. */
export const routeCandidateSchema = z.object({
  model: z.string(),
  form: z.string(),
  quality: z.number().min(0).max(1),
  mostUsd: usd,
  /** For an accepted answer: the call, and what follows when its answer is refused. */
  expectedCostUsd: usd,
});

/** Models that were no candidates for one kind of reason. */
export const routeExclusionSchema = z.object({
  code: z.string(),
  models: z.number().int().positive(),
  /** One of them, with its reason, as a sentence. */
  example: z.string(),
});

/** What a value had to be turned into before it fitted the schema. */
export const coercionSchema = z.object({ path: z.string(), remark: z.string() });

/** How hard the work was taken to be, which decides what quality is expected of whom. */
export const routeDifficultySchema = z.object({
  score: z.number().min(0).max(1),
  band: z.enum(['easy', 'medium', 'hard']),
  /** What a learned prior said of the prompt, where there is one; it counts only inside its domain. */
  learned: z
    .object({
      version: z.string(),
      inDomain: z.boolean(),
      score: z.number().min(0).max(1),
      reasons: z.array(z.string()),
    })
    .optional(),
});

/** One attempt to have a document answered: what was known, what was chosen, what came of it. */
export const routeAttemptSchema = z.object({
  at: momentSchema,
  model: z.string(),
  provider: z.string(),
  /** Where the provider may process what it was sent; absent where the catalog does not say. */
  regions: z.array(z.string()).optional(),
  /** The snapshot that answered, as the provider names it. */
  answeredBy: z.string().optional(),
  tier: z.number().int().nonnegative(),
  /** `facts`, `layout`, `crops`, `page-low` or `page-high`. */
  form: z.string(),
  /** True when a simulator answered instead of the provider. */
  simulated: z.boolean().optional(),
  /** What was asked for: JSON Pointers into the values, or names that the kind of task gives its parts. */
  asked: z.array(z.string()),
  difficulty: routeDifficultySchema.optional(),
  /** The experiment of the policy that chose the model. */
  experiment: z.string().optional(),
  /** At which of the provider's services and prices, when not the usual one. */
  service: z.enum(['batch', 'flex', 'priority']).optional(),
  /** At which service it was asked for, where the provider made it at another one. */
  askedService: z.enum(['flex', 'priority']).optional(),
  /** What of JSON Schema the model was asked in, by the catalog's levels; absent where no schema was asked for. */
  schemaLevel: z.string().optional(),
  estimate: callEstimateSchema,
  /** Which pages the attempt was about, when not all of the document's. */
  pages: z.array(z.number().int().positive()).optional(),
  /** The pictures that were sent. */
  images: z.array(sentImageSchema).optional(),
  expectedCostUsd: usd,
  /** Where an escalation would have gone, in order. */
  next: z.array(routeCandidateSchema),
  exclusions: z.array(routeExclusionSchema),
  /** `answered`: judged below. Everything else is why there was no answer. */
  outcome: z.string(),
  /** Why there was no answer, as a sentence. */
  reason: z.string().optional(),
  /** What was asked for and is still in doubt after this attempt. */
  doubtful: z.array(z.string()),
  coercions: z.array(coercionSchema),
  usage: billedTokensSchema.optional(),
  costUsd: usd,
  durationMs: z.number().nonnegative(),
  catalogVersion: z.string(),
  /** Under which its money was booked. */
  reservation: z.string().optional(),
});
export type RouteAttempt = z.infer<typeof routeAttemptSchema>;
export type Coercion = z.infer<typeof coercionSchema>;

/** How a document of a job was routed. */
export const documentRouteSchema = z.object({
  document: z.number().int().nonnegative(),
  attempts: z.array(routeAttemptSchema),
  /** What guardrails found before and after the calls; absent where they found nothing. */
  guardrails: z.array(guardrailCountSchema).optional(),
});
export type DocumentRoute = z.infer<typeof documentRouteSchema>;
