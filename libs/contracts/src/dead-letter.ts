import { z } from 'zod';
import { failureSchema } from './failure.js';
import { jobIdSchema, momentSchema, tenantSchema } from './identity.js';

/** A message that no handler will see again, with its reason and everything needed to replay it. */
export const deadLetterSchema = z.object({
  version: z.literal(1),
  tenant: tenantSchema,
  /** Absent when the message could not be read far enough to know it. */
  jobId: jobIdSchema.optional(),
  /** The consumer that gave it up, for example `ocr-read-page`. */
  stage: z.string(),
  failure: failureSchema,
  attempts: z.number().int().nonnegative(),
  at: momentSchema,
  original: z.object({
    stream: z.string(),
    sequence: z.number().int().positive(),
    subject: z.string(),
    publishedAt: momentSchema,
    headers: z.record(z.string(), z.array(z.string())),
    /** Base64 of the payload as it was delivered. */
    payload: z.base64(),
  }),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;
