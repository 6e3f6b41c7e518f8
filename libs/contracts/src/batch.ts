import { z } from 'zod';
import { momentSchema, tenantSchema } from './identity.js';

/** A batch's id, as OpenAI's clients know them. It stands where a job's id stands in the ledger. */
export const batchIdSchema = z
  .string()
  .regex(/^batch_[0-9a-z]{26}$/, 'use the id that the batch was created with')
  .brand<'BatchId'>();
export type BatchId = z.infer<typeof batchIdSchema>;

export const fileIdSchema = z
  .string()
  .regex(/^file-[0-9a-z-]{26,40}$/, 'use the id that the file was uploaded with')
  .brand<'FileId'>();
export type FileId = z.infer<typeof fileIdSchema>;

export const batchKeySchema = z.object({ tenant: tenantSchema, batchId: batchIdSchema });
export type BatchKey = z.infer<typeof batchKeySchema>;

/** As OpenAI names them; docs/openai-door.md has the state machine. */
export const batchStatuses = [
  'validating',
  'failed',
  'in_progress',
  'finalizing',
  'completed',
  'expired',
  'cancelling',
  'cancelled',
] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/** Take a batch's next step, whatever that is now. */
export const tendBatchWorkSchema = z.object({ version: z.literal(1), ...batchKeySchema.shape });
export type TendBatchWork = z.infer<typeof tendBatchWorkSchema>;

/** Answer one line of a batch; `line` counts from 1, as editors do. */
export const answerLineWorkSchema = z.object({
  version: z.literal(1),
  ...batchKeySchema.shape,
  line: z.number().int().positive(),
  /** No work is begun after this moment, and work under way is aborted at it. */
  deadline: momentSchema,
});
export type AnswerLineWork = z.infer<typeof answerLineWorkSchema>;
