import { z } from 'zod';

const unit = z.number().min(0).max(1);

/** One reading of a picture: how it was prepared, why, and what it was worth. */
export const readingAttemptSchema = z.object({
  /** How the picture was prepared and divided, for example `columns, scaled by 1.6`. */
  preparation: z.string(),
  /** Why the attempt was made, as a sentence; the first one needs no reason. */
  reason: z.string().optional(),
  /** Mean confidence of its words, long ones weighing more. */
  confidence: unit,
  /** Share of the picture's letter-sized ink that stands inside a word. */
  coverage: unit,
  /** `kept`: its words are the result. `filled-gaps`: the kept one took sure words of it. `dropped`: neither. */
  outcome: z.enum(['kept', 'filled-gaps', 'dropped']),
});
export type ReadingAttempt = z.infer<typeof readingAttemptSchema>;

/** How an engine came to a page's words. */
export const pageRecognitionSchema = z.object({
  /** True when the same pixels had been read before for this tenant, with the same engine and settings. */
  cached: z.boolean(),
  /** Pictures that were read: 1 for a whole page; more, or fewer, where only parts of it were. */
  pictures: z.number().int().nonnegative(),
  attempts: z.array(readingAttemptSchema),
  /** Under which keys the tenant's cache keeps what was read in the pictures, so that a purge finds it. */
  keys: z.array(z.string()).optional(),
});
export type PageRecognition = z.infer<typeof pageRecognitionSchema>;
