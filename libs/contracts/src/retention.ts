import { z } from 'zod';

/** What of a job is kept for times of its own. With `results` goes the whole job but for its money. */
export const retainedKinds = ['documents', 'pages', 'layouts', 'events', 'results'] as const;
export type RetainedKind = (typeof retainedKinds)[number];

/** A time to keep something: minutes, hours or days, for example `30d`. */
export const keepTimeSchema = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhd]$/, 'write a time to keep something as minutes, hours or days, for example "12h" or "30d"');

const keepTime = keepTimeSchema.optional();

/** How long parts of a job are kept after it has ended, within what the tenant may have. */
export const retentionWishSchema = z.strictObject({
  documents: keepTime,
  /** Pictures of pages. */
  pages: keepTime,
  layouts: keepTime,
  events: keepTime,
  results: keepTime,
});
export type RetentionWish = z.infer<typeof retentionWishSchema>;
