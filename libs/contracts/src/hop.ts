import { z } from 'zod';

/** What content passes on its way: where it is worked on, kept, read, inspected and answered. */
export const hopKinds = ['services', 'messages', 'document-store', 'database', 'ocr', 'guardrail', 'model'] as const;

/** Somewhere that content of a job was, and in which regions that is. */
export const hopSchema = z.object({
  kind: z.enum(hopKinds),
  /** Which one: an engine, a guardrail, a model, a store. */
  name: z.string(),
  /** Every region where it may be processed or kept there; absent where nobody has said. */
  regions: z.array(z.string()).optional(),
});
export type Hop = z.infer<typeof hopSchema>;
