import { reasoningLanes } from '@waybill/contracts';
import { z } from 'zod';
import { modelTasks } from '../catalog/model-card.js';

const probability = z.number().min(0).max(1);
const laneSchema = z.enum(reasoningLanes).exclude(['batch']);
const bandSchema = z.strictObject({ easy: probability, medium: probability, hard: probability });
const tiersSchema = z.strictObject({ 0: bandSchema, 1: bandSchema, 2: bandSchema, 3: bandSchema });

/** What is believed of a model's answers, or of a tier's, before outcomes are known. */
const qualityRowSchema = z
  .strictObject({
    model: z.string().min(1).optional(),
    tier: z.number().int().min(0).max(3).optional(),
    task: z.enum(modelTasks).optional(),
    /** As classified, for example `receipt`. */
    documentKind: z.string().min(1).optional(),
    ...bandSchema.shape,
    /** How many observations it is worth; `priorStrength` when absent. */
    observations: z.number().positive().max(1_000_000).optional(),
  })
  .refine(({ model, tier }) => (model === undefined) !== (tier === undefined), {
    message: 'name either a model or a tier',
  });

/** What a provider must promise before data of a level may go there. */
const demandSchema = z.strictObject({
  /** Prompts are never used for training. */
  noTraining: z.boolean(),
  /** Prompts are kept at most so long; 0 is zero retention, which may be had by agreement. */
  keptDaysAtMost: z.number().int().nonnegative().optional(),
});

export const routingPolicySchema = z
  .strictObject({
    version: z.literal(1),
    /** Upper ends of the first two difficulty bands. */
    difficultyBands: z.strictObject({ easy: probability, medium: probability }),
    quality: z.strictObject({
      /** How many observations the prior is worth. */
      priorStrength: z.number().positive().max(10_000),
      /** Quality by tier and difficulty band. */
      prior: tiersSchema,
      /** Where a task is known to differ. */
      byTask: z.partialRecord(z.enum(modelTasks), tiersSchema).default({}),
      /** Where a model, or a tier, is known to differ on a task or a kind of document. The closest row holds. */
      table: z.array(qualityRowSchema).default([]),
    }),
    /** Predicted quality that a candidate must reach, by task. */
    floor: z.strictObject({
      default: probability,
      byTask: z.partialRecord(z.enum(modelTasks), probability).default({}),
    }),
    /** Until a model's own times are known: milliseconds to the first token, and for each token after it. */
    latency: z.strictObject({
      firstTokenMs: z.number().nonnegative(),
      perOutputTokenMs: z.number().nonnegative(),
      /** What is known of slow calls: the prediction is so many times the usual time. */
      margin: z.number().min(1).max(100),
    }),
    /** When an answer is good enough. */
    verification: z
      .strictObject({
        /** A value less sure than this is asked for again, of a model one step up. */
        fieldFloor: probability,
        /** No call takes longer than this. */
        callTimeoutMs: z.number().int().positive().max(3_600_000),
      })
      .default({ fieldFloor: 0.8, callTimeoutMs: 180_000 }),
    /** How much of a long document goes into one call: tokens of text, and pictures of pages. */
    portions: z
      .strictObject({ inputTokens: z.number().int().positive(), pictures: z.number().int().positive() })
      .default({ inputTokens: 40_000, pictures: 20 }),
    /** In which lane a model is asked, so that slow calls never hold up cheap ones. */
    lanes: z
      .strictObject({
        byTier: z.strictObject({ 0: laneSchema, 1: laneSchema, 2: laneSchema, 3: laneSchema }),
        /** Calls that are expected to take so long go no lower than this lane, whatever the tier. */
        slow: z.strictObject({ fromMs: z.number().int().positive(), lane: laneSchema }),
      })
      .default({
        byTier: { 0: 'free', 1: 'fast', 2: 'standard', 3: 'frontier' },
        slow: { fromMs: 60_000, lane: 'frontier' },
      }),
    /** Which work goes to the half-price batches of providers, and how these are collected and waited for. */
    batch: z
      .strictObject({
        /** Jobs that allow at most these tiers care for cost. */
        tiers: z.array(z.enum(['cheap', 'standard', 'frontier'])),
        /** The deadline is at least so far away. */
        fromLeftMs: z.number().int().positive(),
        /** How long calls are collected before they are submitted together. */
        collectMs: z.number().int().nonnegative(),
        /** A batch is looked at no more often. */
        pollMs: z.number().int().positive(),
        /** So long before the deadline a call is made by itself. */
        directMs: z.number().int().positive(),
      })
      .refine(({ fromLeftMs, directMs }) => directMs < fromLeftMs, {
        path: ['directMs'],
        message: 'give batches some time: less than fromLeftMs',
      })
      .default({
        tiers: ['cheap', 'standard'],
        fromLeftMs: 90_000_000,
        collectMs: 60_000,
        pollMs: 60_000,
        directMs: 3_600_000,
      }),
    /** Which calls are made at the providers' other services; docs/reasoning.md. As shipped, none. */
    services: z
      .strictObject({
        /** Cheaper and slower, for jobs that have time. */
        flex: z
          .strictObject({
            /** Jobs that allow at most these tiers care for cost. */
            tiers: z.array(z.enum(['cheap', 'standard', 'frontier'])),
            /** The deadline is at least so far away. */
            fromLeftMs: z.number().int().positive().default(1_800_000),
            /** No such call takes longer than this. */
            timeoutMs: z.number().int().positive().max(3_600_000).default(280_000),
            /** What follows when there is no room: the usual service at once, or a wait. */
            refused: z.enum(['standard', 'wait']).default('standard'),
            /** How long a job waits then. */
            retryMs: z.number().int().positive().default(60_000),
          })
          .prefault({ tiers: [] }),
        /** Dearer and faster, for jobs whose deadline is nearer than this; 0 is never. */
        priority: z.strictObject({ belowLeftMs: z.number().int().nonnegative() }).default({ belowLeftMs: 0 }),
      })
      .prefault({}),
    sensitivity: z.strictObject({
      public: demandSchema,
      internal: demandSchema,
      confidential: demandSchema,
      restricted: demandSchema,
    }),
    /** When pictures go by signed address: so many bytes in a call together, and no other sensitivity than these. */
    pictureUrls: z
      .strictObject({
        aboveBytes: z.number().int().nonnegative(),
        sensitivity: z.array(z.enum(['public', 'internal', 'confidential', 'restricted'])),
      })
      .default({ aboveBytes: 1_000_000, sensitivity: ['public', 'internal'] }),
    /**
     * Whether pictures of chats are made as small as the model looks at them before they are sent (`useful`), from so many
     * bytes on; smaller ones only where that saves tokens. `never` sends what the client sent.
     */
    chatPictures: z
      .strictObject({ shrink: z.enum(['useful', 'never']), aboveBytes: z.number().int().nonnegative() })
      .default({ shrink: 'useful', aboveBytes: 200_000 }),
    /**
     * Where else a job's content passes: the document store, caches, moderation, a gateway. A job that does not allow
     * all of their regions is answered by nobody.
     */
    hops: z.array(z.strictObject({ name: z.string().min(1), regions: z.array(z.string().min(1)).min(1) })).default([]),
    /** In which forms work goes to models, where soundness alone should not decide; the first row that fits holds. */
    strategies: z
      .array(
        z.strictObject({
          task: z.enum(modelTasks).optional(),
          documentKind: z.string().min(1).optional(),
          forms: z.array(z.enum(['layout', 'crops', 'page-low', 'page-high'])).min(1),
        }),
      )
      .default([]),
    /** US dollars that a document may cost at most, whatever its job allows. */
    ceilings: z
      .strictObject({
        usdPerDocument: z.number().positive().optional(),
        byTask: z.partialRecord(z.enum(modelTasks), z.number().positive()).default({}),
      })
      .default({ byTask: {} }),
    /** Models that were checked to stand in for each other on a task: when one of them fails, only another of them is asked. */
    fallback: z
      .array(z.strictObject({ task: z.enum(modelTasks), models: z.array(z.string().min(1)).min(2) }))
      .default([]),
    /** A share of the documents is first asked of other models; their receipts name the experiment. */
    experiments: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z0-9-]{1,64}$/, 'write lower-case letters, digits and hyphens'),
          task: z.enum(modelTasks),
          share: probability,
          models: z.array(z.string().min(1)).min(1),
        }),
      )
      .default([]),
    /** Providers with which zero retention is agreed. */
    zeroRetentionAgreed: z.array(z.string()).default([]),
    /** When given, nothing else is asked. */
    allow: z.array(z.string()).optional(),
    deny: z.array(z.string()).default([]),
  })
  .refine(({ difficultyBands: { easy, medium } }) => easy < medium, {
    path: ['difficultyBands'],
    message: 'the band "easy" must end before "medium" does',
  });
export type RoutingPolicy = z.infer<typeof routingPolicySchema>;
export type BatchPolicy = RoutingPolicy['batch'];
export type RoutingPolicyInput = z.input<typeof routingPolicySchema>;

export const difficultyBandNames = ['easy', 'medium', 'hard'] as const;
export type DifficultyBand = (typeof difficultyBandNames)[number];

/** A policy that cannot be used; the message says what to correct. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** Checks a policy read as data. @throws PolicyError with a sentence for each entry that is wrong. */
export function parsePolicy(data: unknown): RoutingPolicy {
  const parsed = routingPolicySchema.safeParse(data);
  if (parsed.success) return Object.freeze(parsed.data);
  const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'policy'}: ${message}`);
  throw new PolicyError(`The routing policy cannot be used; correct these entries: ${sentences.join('; ')}.`);
}

export function difficultyBandOf({ difficultyBands }: RoutingPolicy, difficulty: number): DifficultyBand {
  if (difficulty <= difficultyBands.easy) return 'easy';
  return difficulty <= difficultyBands.medium ? 'medium' : 'hard';
}
