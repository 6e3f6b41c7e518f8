import { z } from 'zod';

/** What a page looks like at first sight, in the order in which ties are broken. */
export const pageKinds = [
  'text',
  'table',
  'form',
  'receipt',
  'invoice',
  'chart',
  'diagram',
  'photo',
  'screenshot',
  'blank',
  'handwriting',
] as const;
export const pageKindSchema = z.enum(pageKinds);
export type PageKind = z.infer<typeof pageKindSchema>;

/** What has to be done with a page: read it, look at what is drawn on it, or look at a photograph. */
export const pageClasses = ['dense', 'visual', 'photo'] as const;
export const pageClassSchema = z.enum(pageClasses);
export type PageClass = z.infer<typeof pageClassSchema>;

const share = z.number().min(0).max(1);

export const pageClassificationSchema = z.object({
  kind: pageKindSchema,
  /** Probability of `kind`. */
  confidence: share,
  class: pageClassSchema,
  /** The likeliest kinds, best first; the probabilities of all kinds sum to 1. */
  kinds: z.array(z.object({ kind: pageKindSchema, probability: share })),
  /** `look`: from the picture alone; `read`: from the picture and what was read. */
  stage: z.enum(['look', 'read']),
  /** Version of the weights that decided. */
  version: z.number().int().nonnegative(),
});
export type PageClassification = z.infer<typeof pageClassificationSchema>;

/** What can make a page, or a task about it, hard. */
export const difficultyReasons = [
  'reading-doubt',
  'reading-spread',
  'text-density',
  'table-complexity',
  'skew',
  'resolution',
  'language',
  'page-kind',
  'page-count',
  'schema-size',
  'schema-depth',
  'arithmetic',
  'instructions',
  'domain',
] as const;
export const difficultyReasonSchema = z.enum(difficultyReasons);
export type DifficultyReason = z.infer<typeof difficultyReasonSchema>;

/** How hard a task is on a page or a document: 0 is trivial, 1 as hard as it gets. */
export const difficultySchema = z.object({
  score: share,
  /** What it is made of, largest first: the contributions sum to `score`. Reasons that add nothing are left out. */
  reasons: z.array(
    z.object({
      reason: difficultyReasonSchema,
      /** How much of it there is, 0..1. */
      amount: share,
      contribution: share,
    }),
  ),
  /** Version of the weights. */
  version: z.number().int().nonnegative(),
});
export type Difficulty = z.infer<typeof difficultySchema>;
