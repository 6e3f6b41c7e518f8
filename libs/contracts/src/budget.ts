import { z } from 'zod';
import { jobIdSchema, momentSchema } from './identity.js';

/** What a budget counts in: each job by itself, the present hour, day or month of UTC, or everything ever. */
export const budgetWindows = ['job', 'hour', 'day', 'month', 'total'] as const;
export type BudgetWindow = (typeof budgetWindows)[number];

/** What happens to a call that does not fit: it waits until the window turns, is made cheaper, or is refused. */
export const budgetReactions = ['wait', 'degrade', 'refuse'] as const;
export type BudgetReaction = (typeof budgetReactions)[number];

export const budgetNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'use 1-64 lower-case letters, digits or hyphens, starting with a letter or digit',
  );

const turning: readonly BudgetWindow[] = ['hour', 'day', 'month'];

const budgetFields = {
  window: z.enum(budgetWindows),
  capUsd: z.number().nonnegative().max(1_000_000_000).multipleOf(0.000001),
  over: z.enum(budgetReactions),
  /** Only jobs with this tag; absent, all jobs of the tenant. */
  tag: z.string().min(1).max(64).optional(),
  /** Only this job. */
  job: jobIdSchema.optional(),
};

/** A budget as it is set; its name stands in the path. */
export const budgetWishSchema = z
  .strictObject(budgetFields)
  .refine(({ over, window }) => over !== 'wait' || turning.includes(window), {
    path: ['over'],
    message:
      'only a budget for an hour, day or month can wait, because only these begin anew; choose degrade or refuse',
  })
  .refine(({ job, tag, window }) => job === undefined || (tag === undefined && window === 'job'), {
    path: ['job'],
    message: 'a budget of one job has the window job and no tag',
  });
export type BudgetWish = z.infer<typeof budgetWishSchema>;

export const budgetSchema = z.object({ name: budgetNameSchema, ...budgetFields });
export type Budget = z.infer<typeof budgetSchema>;

/**
 * A budget and how it stands in its present window. For a budget of the window `job` that is not of one job, there is
 * no such number: each job has its own.
 */
export const budgetViewSchema = z.object({
  ...budgetSchema.shape,
  spentUsd: z.number().nonnegative().optional(),
  /** Held by calls under way, at the upper ends of their estimates. */
  reservedUsd: z.number().nonnegative().optional(),
  leftUsd: z.number().nonnegative().optional(),
  windowStartsAt: momentSchema.optional(),
  windowEndsAt: momentSchema.optional(),
});
export type BudgetView = z.infer<typeof budgetViewSchema>;

export const budgetListViewSchema = z.object({ budgets: z.array(budgetViewSchema) });
export type BudgetListView = z.infer<typeof budgetListViewSchema>;
