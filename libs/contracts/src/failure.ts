import { z } from 'zod';

/** Why something did not succeed. The code is for programs, the message is a sentence for a person. */
export const failureCodes = [
  'invalid-submission',
  'unknown-task',
  'missing-language',
  'id-conflict',
  'unsupported-format',
  'too-large',
  'too-many-pages',
  'document-not-found',
  'document-fetch-failed',
  'unreadable-document',
  'unreadable-page',
  'timeout',
  'deadline-exceeded',
  'cancelled',
  'budget-exceeded',
  'no-model',
  'model-failed',
  'invalid-answer',
  'guardrail-blocked',
  'worker-died',
  'unavailable',
  'internal',
] as const;
export const failureCodeSchema = z.enum(failureCodes);
export type FailureCode = z.infer<typeof failureCodeSchema>;

export const failureSchema = z.object({
  code: failureCodeSchema,
  message: z.string(),
  /** The consumer that reported it, for example `ocr-read-page`. */
  stage: z.string().optional(),
  document: z.number().int().nonnegative().optional(),
  page: z.number().int().positive().optional(),
});
export type Failure = z.infer<typeof failureSchema>;
