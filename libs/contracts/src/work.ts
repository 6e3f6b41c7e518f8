import { z } from 'zod';
import { blobReferenceSchema } from './blob-reference.js';
import { jobKeySchema, momentSchema, pageKeySchema } from './identity.js';
import { pageFailedSchema, pageReadSchema, plannedDocumentSchema } from './job-event.js';
import { callbackSchema, readingWishSchema, routingSchema } from './submission.js';
import { taskSchema } from './task.js';

const workBase = {
  version: z.literal(1),
  ...jobKeySchema.shape,
  /** No work is begun after this moment, and work under way is aborted at it. */
  deadline: momentSchema,
};

/** What every later stage needs to know of the job, so that none has to look it up. */
const planSchema = z.object({
  acceptedAt: momentSchema,
  task: taskSchema,
  reading: readingWishSchema.optional(),
  routing: routingSchema,
  /** What its money is booked under. */
  tags: z.array(z.string()).optional(),
  /** What may be shown of the credential that it was submitted with; its money is booked under it, too. */
  credential: z.string().optional(),
  documents: z.array(plannedDocumentSchema).min(1),
});
export type Plan = z.infer<typeof planSchema>;

/** Read one page of one document. */
export const readPageWorkSchema = z.object({
  ...workBase,
  ...pageKeySchema.shape,
  source: blobReferenceSchema,
  /** Of `source`. */
  mediaType: z.string(),
  /** Where the document's password is, if it has one. */
  password: blobReferenceSchema.optional(),
  /** The page waits until then, without an attempt: it counts for a later day of a limit. */
  notBefore: momentSchema.optional(),
  plan: planSchema,
});
export type ReadPageWork = z.infer<typeof readPageWorkSchema>;

/** All pages of a job have ended and at least one was read: answer the task. */
export const answerJobWorkSchema = z.object({
  ...workBase,
  plan: planSchema,
  pages: z.array(z.discriminatedUnion('type', [pageReadSchema, pageFailedSchema])),
  /** The endings of so many pages do not fit into a message: `pages` is empty, and they are read from the event stream. */
  pagesAt: z.literal('events').optional(),
});
export type AnswerJobWork = z.infer<typeof answerJobWorkSchema>;

/** Tell a client's endpoint about the final state. `deliveryId` is new for each requested redelivery. */
export const deliverWebhookWorkSchema = z.object({
  ...workBase,
  deliveryId: z.string(),
  callback: callbackSchema,
});
export type DeliverWebhookWork = z.infer<typeof deliverWebhookWorkSchema>;
