import { z } from 'zod';

/** Where a fact was read, and when. */
export const sourceSchema = z.strictObject({
  of: z.string().min(1),
  at: z.string().min(1),
  /** A day, or a month where the day is not known. */
  asOf: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, 'write 2026-11-21 or 2026-11'),
});
