import { z } from 'zod';
import { blobReferenceSchema } from './blob-reference.js';
import { jobIdSchema, momentSchema, tenantSchema } from './identity.js';
import { retentionWishSchema } from './retention.js';
import { taskSchema } from './task.js';

/** What every submitted document may carry beside its bytes. The name is for people; nothing is opened by it. */
const documentExtras = {
  name: z.string().min(1).max(255).optional(),
  /** Opens an encrypted document. Kept apart from the job, by reference, and shown nowhere. */
  password: z.string().min(1).max(256).optional(),
};

/** Bytes as base64, for small documents (a NATS message holds 1 MB by default). */
export const inlineDocumentSchema = z.strictObject({
  inline: z.base64().min(1),
  ...documentExtras,
});
/** An object the client has put into its tenant's documents bucket with a plain NATS client. */
export const objectDocumentSchema = z.strictObject({
  object: z.string().min(1).max(512),
  ...documentExtras,
});
/** A web address that intake fetches. */
export const urlDocumentSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(4096),
  ...documentExtras,
});
/** The name of a file part in the same multipart request. */
export const uploadDocumentSchema = z.strictObject({
  upload: z.string().min(1).max(255),
  ...documentExtras,
});
export const submittedDocumentSchema = z.union([
  inlineDocumentSchema,
  objectDocumentSchema,
  urlDocumentSchema,
  uploadDocumentSchema,
]);
export type SubmittedDocument = z.infer<typeof submittedDocumentSchema>;

/** What the client wants of the routing. All of it is a wish with a default, none is required. */
export const routingSchema = z.strictObject({
  /** The highest tier of model that may be asked; `free` asks none that costs money. */
  tier: z.enum(['free', 'cheap', 'standard', 'frontier']).optional(),
  maxCostUsd: z.number().nonnegative().optional(),
  /** After this moment the job ends as `expired`. */
  deadline: momentSchema.optional(),
  priority: z.enum(['low', 'normal', 'high']).optional(),
  /** Regions that the job's bytes may touch. */
  regions: z.array(z.string().min(1).max(64)).max(32).optional(),
  sensitivity: z.enum(['public', 'internal', 'confidential', 'restricted']).optional(),
});
export type Routing = z.infer<typeof routingSchema>;

/** How the pages are to be read; the service's configuration decides what is left out. */
export const readingWishSchema = z.strictObject({
  /** ISO 639-2 codes such as `eng` or `deu`, the most frequent language first. */
  languages: z
    .array(
      z.string().regex(/^[a-z]{3}(_[a-z]{3,8})?$/, 'give a language as a code of three letters, for example "eng"'),
    )
    .min(1)
    .max(8)
    .refine((codes) => new Set(codes).size === codes.length, 'name each language once')
    .optional(),
});
export type ReadingWish = z.infer<typeof readingWishSchema>;

/** Where the final state is posted, by the Standard Webhooks convention. */
export const callbackSchema = z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(4096) });

const metadataSchema = z
  .record(z.string().max(64), z.string().max(1024))
  .refine((value) => Object.keys(value).length <= 50, 'give at most 50 metadata entries');

const submissionFields = {
  id: jobIdSchema.optional(),
  tenant: tenantSchema.default(tenantSchema.parse('default')),
  task: taskSchema,
  reading: readingWishSchema.optional(),
  routing: routingSchema.default({}),
  callback: callbackSchema.optional(),
  retention: retentionWishSchema.optional(),
  metadata: metadataSchema.optional(),
  tags: z.array(z.string().min(1).max(64)).max(20).optional(),
};

/** A submission, the same through every door. */
export const submissionSchema = z.strictObject({
  ...submissionFields,
  documents: z.array(submittedDocumentSchema).min(1).max(100),
});
export type Submission = z.infer<typeof submissionSchema>;
export type SubmissionInput = z.input<typeof submissionSchema>;

/** A document after acceptance: its bytes are in the store, or its address waits to be fetched by the planner. */
const acceptedExtras = { name: documentExtras.name, password: blobReferenceSchema.optional() };
export const acceptedDocumentSchema = z.union([
  z.object({ blob: blobReferenceSchema, ...acceptedExtras }),
  z.object({ url: z.string(), ...acceptedExtras }),
]);
export type AcceptedDocument = z.infer<typeof acceptedDocumentSchema>;

/** A submission after acceptance: the id and deadline are settled, documents are references. */
export const acceptedSubmissionSchema = z.object({
  ...submissionFields,
  id: jobIdSchema,
  routing: routingSchema.extend({ deadline: momentSchema }),
  documents: z.array(acceptedDocumentSchema).min(1),
});
export type AcceptedSubmission = z.infer<typeof acceptedSubmissionSchema>;
